import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Customer, startAws } from '../../kms/testing/customer.ts';
import { optionsFor, outcomes, run } from '../../kms/testing/run-self-test.ts';
import { policyText } from '../policies.ts';
import { findingWords } from './finding-words.ts';
import { checkPolicy, type Diagnosis } from './policy-doctor.ts';
import type { DoctorValues, PolicyKind } from './policy-shape.ts';
import { pastedPolicies } from './testing/pasted-policies.ts';
import { values, valuesFor } from './testing/statements.ts';

type Sound = Extract<Diagnosis, { ok: true }>;

function check(policy: object, kind: PolicyKind | 'recognise', given: DoctorValues = values): Sound {
  const diagnosis = checkPolicy(policyText(policy), kind, given);
  if (!diagnosis.ok) throw new Error(diagnosis.message);
  return diagnosis;
}

describe('the policy doctor', () => {
  it('knows at least forty policies, and every finding is in one of them', () => {
    expect(pastedPolicies.length).toBeGreaterThanOrEqual(40);
    const seen = new Set(pastedPolicies.flatMap(([, , , findings]) => findings));
    expect(Object.keys(findingWords).filter((code) => ![...seen].some((one) => one === code))).toEqual([]);
  });

  it.each(pastedPolicies)('%s (%s)', (_, kind, policy, findings, chosen) => {
    const diagnosis = check(policy, kind, valuesFor(chosen));
    expect(diagnosis.findings.map(({ code }) => code)).toEqual(findings);
    expect(diagnosis.corrected === null).toBe(findings.length === 0);
  });

  // Whom a policy names is what tells it from a permission policy, so one that wrongly does so is taken for another.
  const tellable = pastedPolicies.filter(([, , , findings]) => !findings.includes('principal-not-allowed'));
  it.each(tellable)('%s (%s) is recognised', (_, kind, policy) => {
    expect(check(policy, 'recognise').kind).toBe(kind);
  });

  const wrong = pastedPolicies.filter(([, , , findings]) => findings.length > 0);
  it.each(wrong)(
    '%s (%s) is corrected so that nothing is found, and says which lines changed',
    (_, kind, policy, __, chosen) => {
      const { corrected } = check(policy, kind, valuesFor(chosen));
      if (!corrected) throw new Error('nothing was corrected');
      expect(check(JSON.parse(corrected.text), kind, valuesFor(chosen)).findings).toEqual([]);
      const before = policyText(policy).split('\n');
      const lines = corrected.text.split('\n');
      for (const [at, line] of lines.entries()) {
        if (!before.includes(line)) expect(corrected.changedLines, line).toContain(at + 1);
      }
      expect(before.length - corrected.removedLines).toBe(lines.length - corrected.changedLines.length);
    },
  );

  it('leaves what others need as it was', () => {
    const admin = 'arn:aws:iam::111122223333:role/Admin';
    const [, kind, policy] = pastedPolicies.find(([title]) => title.startsWith('together with')) ?? [];
    const text = check(policy ?? {}, kind ?? 'key').corrected?.text ?? '';
    const kept = JSON.parse(text).Statement.find(
      (one: { Action: unknown }) => one.Action === 'kms:*' && !('Sid' in one) && JSON.stringify(one).includes(admin),
    );
    expect(kept?.Principal).toEqual({ AWS: admin });
  });

  it('corrects any mixture of statements so that nothing is found, whatever kind they are taken for', () => {
    const statements = pastedPolicies.flatMap(([, , policy]) => (policy as { Statement: object[] }).Statement);
    const mixture = fc.array(fc.constantFrom(...statements), { maxLength: 6 });
    const kinds = fc.constantFrom('trust', 'permission', 'key');
    const chosen = fc.constantFrom(...pastedPolicies.map(([, , , , given]) => valuesFor(given)));
    fc.assert(
      fc.property(mixture, kinds, chosen, (Statement, kind: PolicyKind, given) => {
        const { corrected } = check({ Version: '2012-10-17', Statement }, kind, given);
        if (corrected) expect(check(JSON.parse(corrected.text), kind, given).findings).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('throws at nothing that can be pasted', () => {
    const element = fc.constantFrom('Effect', 'Principal', 'Action', 'NotAction', 'Resource', 'Condition', 'Sid');
    const statement = fc.dictionary(
      element,
      fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom('Allow', 'Deny', '*')),
    );
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue(), fc.record({ Statement: fc.oneof(statement, fc.array(statement)) })),
        (value) => {
          expect(() => checkPolicy(JSON.stringify(value), 'recognise', values)).not.toThrow();
        },
      ),
    );
  });

  it('takes a statement by itself', () => {
    const [, , policy] = pastedPolicies[0] ?? [];
    const [statement] = (policy as { Statement: object[] }).Statement;
    expect(check(statement ?? {}, 'recognise').findings).toEqual([]);
  });

  it('corrects a permission policy before the key is known only where the policy names one itself', () => {
    const before = { ...values, keyArn: null };
    const statement = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' };
    expect(check({ Statement: statement }, 'permission', before)).toMatchObject({
      corrected: null,
      correctable: false,
    });
    const named = check({ Statement: { ...statement, Resource: values.keyArn } }, 'permission', before);
    expect(named.corrected?.text).toContain(values.keyArn);
  });
});

describe('in the simulated AWS', () => {
  let aws: Customer;
  beforeAll(async () => {
    aws = await startAws();
  });
  afterAll(() => aws.close());

  const wrong = pastedPolicies.filter(([, , , findings]) => findings.length > 0);
  it.each(wrong)('%s (%s), corrected, passes Test Configuration', async (_, kind, policy, __, chosen) => {
    await aws.applyPolicies();
    const adapted = policyText(policy).replaceAll(values.keyArn ?? '', aws.keyArn);
    const here = { ...valuesFor(chosen), keyArn: aws.keyArn, roleArn: aws.roleArn };
    const { corrected } = check(JSON.parse(adapted), kind, here);
    await makeRoles(aws, corrected?.text ?? '');
    await aws.put[kind](JSON.parse(corrected?.text ?? ''));
    const report = outcomes(await run(optionsFor(aws)));
    expect(Object.values(report).every((outcome) => outcome === 'passed' || outcome === 'skipped')).toBe(true);
  });
});

/** AWS refuses a key policy that names a role which does not exist. */
async function makeRoles(aws: Customer, text: string): Promise<void> {
  if (!text.includes(':role/Admin')) return;
  const AssumeRolePolicyDocument = policyText(aws.policies.trust);
  await aws.iam('CreateRole', { RoleName: 'Admin', AssumeRolePolicyDocument }).catch(() => undefined);
}
