import { describe, expect, it } from 'vitest';
import { type Checklist, type RowFinding, type RowOutcome, readChecklist, storedRecord } from '../checklist.ts';
import { said } from '../messages/message.ts';
import { mayBeWide } from './policy-breadth.ts';
import { readPolicyScope } from './policy-scope.ts';
import {
  type ChecklistFacts,
  inputsOf,
  openQuestion,
  statusOf,
  statusOfRows,
  type VerifiableStep,
  verifiableSteps,
} from './set-up-steps.ts';

const facts: ChecklistFacts = {
  authMode: 'assume-role',
  region: 'us-east-1',
  roleArn: 'arn:aws:iam::111122223333:role/BYOK_Role',
  serviceRoleArn: 'arn:aws:iam::999988887777:role/KeywardService',
  externalId: 'kw_1',
  accessKeyId: '',
  secretId: '',
  keyArn: 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  tenantId: '6f1c4d0e-8a53-4b7e-9f0a-2f6f5f5c9a11',
  keyPrincipal: 'role',
};
const otherAccount = { ...facts, keyArn: facts.keyArn.replace('111122223333', '444455556666') };

function row(outcome: RowOutcome): RowFinding {
  return { id: 'kms:Encrypt', outcome, durationMs: 1, providerRequestIds: ['r'], summary: said('S'), details: [] };
}

function verified(step: VerifiableStep, outcome: RowOutcome = 'passed'): Checklist {
  const record = { at: '2026-11-22T12:00:00Z', by: 'a@b.c', requestId: 'q', inputs: inputsOf(step, facts) };
  return { steps: { [step]: { ...record, rows: [row(outcome)] } } };
}

describe('a step', () => {
  it.each<[RowOutcome[], string]>([
    [[], 'open'],
    [['passed', 'running'], 'open'],
    [['passed', 'warning', 'skipped'], 'verified'],
    [['passed', 'failed', 'unknown'], 'failed'],
    [['passed', 'unknown'], 'unknown'],
    [['not-run'], 'unknown'],
  ])('whose rows ended %j is %s', (outcomes, status) => {
    expect(statusOfRows('role', outcomes.map(row), facts)).toBe(status);
  });

  it('that nobody verified is open, and one that was verified says how it ended', () => {
    expect(statusOf('role', { steps: {} }, facts, null)).toBe('open');
    expect(statusOf('role', verified('role'), facts, null)).toBe('verified');
    expect(statusOf('key', verified('key', 'failed'), facts, null)).toBe('failed');
  });

  it.each<[keyof ChecklistFacts, VerifiableStep[]]>([
    ['region', ['role', 'key', 'key-policy', 'permission']],
    ['roleArn', ['role', 'key', 'key-policy', 'permission']],
    ['serviceRoleArn', ['role', 'key', 'key-policy', 'permission']],
    ['externalId', ['role', 'key', 'key-policy', 'permission']],
    ['keyArn', ['key', 'key-policy', 'permission']],
    ['tenantId', ['key-policy', 'permission']],
    ['keyPrincipal', ['key-policy', 'permission']],
    ['secretId', []],
  ])('is void once %s is another, where it rests on it', (field, voided) => {
    const changed = { ...facts, [field]: field === 'keyPrincipal' ? 'account' : 'arn:aws:iam::1:role/other' };
    for (const step of verifiableSteps.filter((one) => one !== 'user')) {
      const status = statusOf(step, verified(step), changed, null);
      expect(status === 'changed', `${step} after ${field}`).toBe(voided.includes(step));
    }
  });

  it('of an access key is void once the secret is another', () => {
    const byUser = { ...facts, authMode: 'access-key', accessKeyId: 'AKIA1', secretId: 's1' } as const;
    expect(inputsOf('user', byUser)).not.toBe(inputsOf('user', { ...byUser, secretId: 's2' }));
    expect(inputsOf('user', byUser)).not.toContain(facts.roleArn);
  });

  it('does not change with a blank at the end of what was pasted', () => {
    expect(inputsOf('key', { ...facts, keyArn: `${facts.keyArn} ` })).toBe(inputsOf('key', facts));
  });
});

describe('the configuration as a whole', () => {
  it.each([
    [null, 'open'],
    [{ passed: true, stale: false }, 'verified'],
    [{ passed: false, stale: false }, 'failed'],
    [{ passed: true, stale: true }, 'changed'],
  ] as const)('with the report %j is %s', (report, status) => {
    expect(statusOf('configuration', { steps: {} }, facts, report)).toBe(status);
  });
});

describe('what AWS leaves open', () => {
  it('is by which policy a call was allowed, within one account', () => {
    expect(statusOf('permission', verified('permission'), facts, null)).toBe('partly');
    expect(openQuestion('permission', facts)).toMatch(/not that this policy is attached/);
    expect(openQuestion('key-policy', facts)).toMatch(/cannot see which of them lets the role in/);
  });

  it('is nothing of the kind between accounts, where both policies have to allow', () => {
    expect(openQuestion('permission', otherAccount)).toBeNull();
    expect(openQuestion('key-policy', otherAccount)).not.toMatch(/by which/);
    expect(openQuestion('key-policy', otherAccount)).toMatch(/first statement/);
  });

  it('is nothing of the permission where the key policy names the account: then it is what decides', () => {
    expect(openQuestion('permission', { ...facts, keyPrincipal: 'account' })).toBeNull();
  });

  it('is nothing of a role, which is either assumed or not', () => {
    expect(openQuestion('role', facts)).toBeNull();
  });
});

describe('what is stored', () => {
  it('comes back as it was, the order of a policy’s parts included', () => {
    const document = { Version: '2012-10-17', Statement: [{ Sid: 'Z', Effect: 'Allow', Action: 'b', A: 'a' }] };
    const policy = { kind: 'key' as const, document, markedLines: [[3, 4] as [number, number]] };
    const rows: RowFinding[] = [{ ...row('failed'), remedy: { text: said('T'), policy } }];
    const record = { at: '2026-11-22T12:00:00Z', by: 'a@b.c', requestId: 'q', inputs: '[]', rows };
    const read = readChecklist({ role: storedRecord(record) }, verifiableSteps);
    expect(read.steps.role).toEqual(record);
    expect(JSON.stringify(read.steps.role?.rows[0]?.remedy?.policy?.document)).toBe(JSON.stringify(document));
  });

  it.each([undefined, null, 'x', [], { role: 1 }, { role: { at: 'x' } }, { role: { rows: '{' } }])(
    'as %j is nothing verified',
    (stored) => {
      expect(readChecklist(stored, verifiableSteps)).toEqual({ steps: {} });
    },
  );
});

describe('a policy that names every key', () => {
  const scope = { since: '2026-11-22T12:00:00Z', by: 'a@b.c' };
  it('is to be remembered until it was narrowed', () => {
    expect(mayBeWide(null)).toBe(false);
    expect(mayBeWide({ ...scope, narrowed: null })).toBe(true);
    expect(mayBeWide({ ...scope, narrowed: { at: scope.since, by: scope.by, how: 'said' } })).toBe(false);
  });

  it('is stored beside the steps', () => {
    expect(readPolicyScope({ scope: { ...scope, narrowed: null } })).toEqual({
      ...scope,
      narrowed: null,
    });
  });
});
