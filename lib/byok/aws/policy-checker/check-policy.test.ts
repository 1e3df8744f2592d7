import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Customer, startAws } from '#lib/kms/testing/customer.ts';
import { optionsFor, outcomes, run } from '#lib/kms/testing/run-self-test.ts';
import { keyPolicy, permissionPolicy, policyText } from '../policies.ts';
import { checkPolicy, type Diagnosis } from './check-policy.ts';
import { findingWords } from './finding-words.ts';
import type { CheckerValues, PolicyKind } from './policy-shape.ts';
import { pastedPolicies } from './testing/pasted-policies.ts';
import { values, valuesFor } from './testing/statements.ts';

type Sound = Extract<Diagnosis, { ok: true }>;

function check(policy: object, kind: PolicyKind | 'recognise', given: CheckerValues = values): Sound {
  const diagnosis = checkPolicy(policyText(policy), kind, given);
  if (!diagnosis.ok) throw new Error(diagnosis.message);
  return diagnosis;
}

/** What is found of statements that are not about us: they stay, since only whoever needs them knows what they are to say. */
const forOthers = [
  'bad-principal',
  'null-if-exists',
  'bad-condition-value',
  'condition-twice',
  'forbidden-character',
  'too-long',
  'longer-than-managed',
  'longer-than-usual',
  'stray-resource',
  'other-keys',
  'other-uses',
  'other-external-id',
  'other-services',
  'others-trusted',
  'may-be-denied-to-us',
];
const isForOthersToDecide = (code: string) => forOthers.includes(code);

describe('the policy checker', () => {
  it('knows at least forty policies, and every finding is in one of them', () => {
    expect(pastedPolicies.length).toBeGreaterThanOrEqual(40);
    const seen = new Set(pastedPolicies.flatMap(([, , , findings]) => findings));
    expect(Object.keys(findingWords).filter((code) => ![...seen].some((one) => one === code))).toEqual([]);
  });

  it.each(pastedPolicies)('%s (%s)', (_, kind, policy, findings, chosen) => {
    const diagnosis = check(policy, kind, valuesFor(chosen));
    expect(diagnosis.findings.map(({ code }) => code)).toEqual(findings);
    if (findings.length === 0) expect(diagnosis).toMatchObject({ corrected: null, verdict: 'sound' });
  });

  // Whom a policy names is what tells it from a permission policy, so one that wrongly does so is taken for another.
  const tellable = pastedPolicies.filter(([, , , findings]) => !findings.includes('principal-not-allowed'));
  it.each(tellable)('%s (%s) is recognised', (_, kind, policy) => {
    expect(check(policy, 'recognise').kind).toBe(kind);
  });

  const wrong = pastedPolicies.filter(([, , , findings]) => findings.some((code) => !isForOthersToDecide(code)));
  it.each(wrong)(
    '%s (%s) is corrected so that nothing is found but what others decide, and says which lines changed',
    (_, kind, policy, __, chosen) => {
      const { corrected } = check(policy, kind, valuesFor(chosen));
      if (!corrected) throw new Error('nothing was corrected');
      const { findings } = check(JSON.parse(corrected.text), kind, valuesFor(chosen));
      expect(findings).toEqual(corrected.left);
      expect(findings.filter(({ code }) => !isForOthersToDecide(code))).toEqual([]);
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

  const statements = pastedPolicies.flatMap(([, , policy]) => (policy as { Statement: object[] }).Statement);
  const mixture = fc.array(fc.constantFrom(...statements), { maxLength: 6 });
  const kinds = fc.constantFrom<PolicyKind[]>('trust', 'permission', 'key');
  const chosen = fc.constantFrom(...pastedPolicies.map(([, , , , given]) => valuesFor(given)));

  it('corrects any mixture of statements so that nothing of ours is left to be found, whatever they are taken for', () => {
    fc.assert(
      fc.property(mixture, kinds, chosen, (Statement, kind, given) => {
        const { corrected } = check({ Version: '2012-10-17', Statement }, kind, given);
        if (!corrected) return;
        const again = check(JSON.parse(corrected.text), kind, given);
        expect(again.findings).toEqual(corrected.left);
        // What is left is in statements that are not about us, and so is what a second correction would not touch.
        expect(again.corrected).toBeNull();
        const kept = statementsOf(corrected.text);
        for (const { code, statement } of again.findings) {
          if (code === 'may-be-denied-to-us' || besideOurs.includes(code)) continue;
          if (statement === null) expect(aboutTheWhole).toContain(code);
          else expect(isAboutUs(kept[statement], kind), JSON.stringify(kept[statement])).toBe(false);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('leaves every statement that is not about us as it was, in any mixture', () => {
    fc.assert(
      fc.property(mixture, kinds, chosen, (Statement, kind, given) => {
        const { corrected, text, findings } = check({ Version: '2012-10-17', Statement }, kind, given);
        const before = statementsOf(text);
        const after = statementsOf(corrected?.text ?? text).map((one) => JSON.stringify(one));
        for (const [at, statement] of before.entries()) {
          const found = findings.filter((finding) => finding.statement === at);
          const isLeft = found.every(({ code }) => isForOthersToDecide(code));
          if (isLeft && !isAboutUs(statement, kind)) expect(after).toContain(JSON.stringify(statement));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('says beforehand which statements go, word for word', () => {
    fc.assert(
      fc.property(mixture, kinds, chosen, (Statement, kind, given) => {
        const { corrected, text } = check({ Version: '2012-10-17', Statement }, kind, given);
        if (!corrected) return;
        const after = statementsOf(corrected.text).map((one) => JSON.stringify(one));
        const told = new Set(corrected.gone.flatMap(({ statement }) => statement ?? []));
        for (const [at, statement] of statementsOf(text).entries()) {
          if (!told.has(at)) expect(after).toContain(JSON.stringify(statement));
        }
        const plain = (words: string) => words.replace(/\s/g, '');
        for (const { text: words } of corrected.gone) expect(plain(text)).toContain(plain(words));
      }),
      { numRuns: 300 },
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

  it('lets the role reach the key that another one takes the place of, where both are to be reached', () => {
    const older = `${values.keyArn?.slice(0, -1)}1`;
    const given = { ...values, otherKeyArns: [older] };
    const Resource = [values.keyArn, older];
    const [describes, uses] = permissionPolicy({ keyArn: values.keyArn ?? '', tenantId: values.tenantId }).Statement;
    const both = { Version: '2012-10-17', Statement: [describes, uses].map((one) => ({ ...one, Resource })) };
    expect(check(both, 'permission', given).verdict).toBe('sound');
    expect(check(both, 'permission').findings.map(({ detail }) => detail)).toEqual([older, older]);
    const { Condition: _, ...open } = uses ?? {};
    const { corrected } = check({ Version: '2012-10-17', Statement: [both.Statement[0], open] }, 'permission', given);
    expect(statementsOf(corrected?.text ?? '')).toEqual(both.Statement);
  });

  it('puts a correction into the text as it was written', () => {
    const text = policyText(keyPolicy({ ...values, accountId: values.keyAccountId }));
    const compact = text.replace(
      /\[\s+("kms:Encrypt"),\s+("kms:Decrypt"),\s+("kms:GenerateDataKey")\s+\]/g,
      '[$1, $2, $3]',
    );
    const mine =
      '    { "Sid": "Mine", "Effect": "Allow",\n      "Principal": {"Service": "s3.amazonaws.com"}, "Action": "kms:*", "Resource": "*" }';
    const [before, deny = ''] = compact.split(/,\n {4}\{\n {6}"Sid": "KeywardOnlyInThisContext"/);
    const pasted = `${before},\n${mine}\n  ]\n}`;
    const diagnosis = checkPolicy(pasted, 'key', values);
    if (!diagnosis.ok || !diagnosis.corrected) throw new Error('nothing was corrected');
    expect(deny).not.toBe('');
    expect(
      diagnosis.corrected.text.startsWith(`${before},\n${mine},\n    {\n      "Sid": "KeywardOnlyInThisContext"`),
    ).toBe(true);
    expect(diagnosis.corrected).toMatchObject({ gone: [], left: [] });
  });

  it('takes away what lets another account in with our external ID, though ours is let in too', () => {
    const [, trust, policy] = pastedPolicies.find(([, kind, , findings]) => kind === 'trust' && !findings.length) ?? [];
    const [right] = (policy as { Statement: { Principal: object; Sid?: string }[] }).Statement;
    const { Sid: _, ...other } = { ...right, Principal: { AWS: 'arn:aws:iam::111122223333:role/KeywardService' } };
    const { corrected, findings } = check(
      { Version: '2012-10-17', Statement: [other, right, right] },
      trust ?? 'trust',
    );
    expect(findings.map(({ code }) => code)).toContain('others-trusted');
    expect(corrected).toMatchObject({ left: [], gone: [{ statement: 0, how: 'removed' }, { statement: 2 }] });
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

  const wrong = pastedPolicies.filter(([, , , findings]) => findings.some((code) => !isForOthersToDecide(code)));
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

function statementsOf(text: string): Record<string, unknown>[] {
  return JSON.parse(text).Statement as Record<string, unknown>[];
}

/** What is found of statements that name us, and that nothing of ours hangs on. */
const besideOurs = ['other-keys', 'other-uses', 'other-external-id', 'stray-resource'];

/** What is found of a whole policy although every statement of ours is right. */
const aboutTheWhole = ['too-long', 'longer-than-managed', 'longer-than-usual'];

/** By what a statement's words name, without asking how the checker decides it. */
function isAboutUs(statement: Record<string, unknown> | undefined, kind: PolicyKind): boolean {
  const text = JSON.stringify(statement);
  if (kind === 'permission')
    return text.includes('"kms:') || text.includes('"Action":"*"') || text.includes('NotAction');
  const everyone = text.includes('"Principal":"*"') || text.includes('"AWS":"*"') || text.includes('NotPrincipal');
  const role = kind === 'trust' ? [] : [values.roleArn];
  const named = [...role, values.serviceRoleArn, values.tenantId, values.externalId, 'keyward:tenant'];
  return (
    (everyone && statement?.Effect === 'Allow') ||
    named.some((word) => text.includes(word)) ||
    /:role[^"]*\/(?:KeywardService|BYOK_Role)"|9999-/i.test(text)
  );
}
