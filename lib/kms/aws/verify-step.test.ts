import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RoleDraft } from '#lib/byok/aws/connection.ts';
import { keyPolicy, type PolicyDocument } from '#lib/byok/aws/policies.ts';
import type { VerifiableStep } from '#lib/byok/aws/set-up-steps.ts';
import type { RowId, StepStatus, VerifiedRow } from '#lib/byok/checklist.ts';
import { wordsOf } from '#lib/byok/messages/words.ts';
import { inWords } from '#lib/byok/test-report.ts';
import { type Customer, externalId, startAws, tenantId } from '../testing/customer.ts';
import { optionsFor } from '../testing/run-self-test.ts';
import { verifyStepAws } from './verify-step.ts';

const actions = ['kms:DescribeKey', 'kms:GenerateDataKey', 'kms:Encrypt', 'kms:Decrypt'] as const;
const nobody = 'arn:aws:kms:us-east-1:111122223333:key/00000000-0000-4000-8000-000000000000';

let aws: Customer;

beforeAll(async () => {
  aws = await startAws();
});
beforeEach(() => aws.applyPolicies());
afterAll(() => aws?.close());

describe('the role', () => {
  it('is verified before there is a key', async () => {
    const { status, outcomes, rows } = await verify('role', { keyArn: '' });
    expect(status).toBe('verified');
    expect(outcomes).toEqual({ connectivity: 'passed', authentication: 'passed', 'confused-deputy': 'passed' });
    expect(rows.get('authentication')?.providerRequestIds).toHaveLength(1);
    expect(rows.get('confused-deputy')).toMatchObject({
      negative: true,
      providerRequestIds: [expect.any(String), expect.any(String)],
    });
  });

  it.each([
    ['does not exist', { roleArn: 'arn:aws:iam::111122223333:role/Nobody' }, undefined],
    ['trusts somebody else', {}, { Principal: { AWS: 'arn:aws:iam::111122223333:root' } }],
    ['demands another external ID', {}, { Condition: { StringEquals: { 'sts:ExternalId': 'another-one' } } }],
  ])('that %s is refused alike, and all three causes are named', async (_, configuration, change) => {
    if (change) await aws.put.trust(changed(aws.policies.trust, change));
    const { status, outcomes, rows } = await verify('role', { keyArn: '', ...configuration });
    expect(status).toBe('failed');
    expect(outcomes).toEqual({ connectivity: 'passed', authentication: 'failed', 'confused-deputy': 'not-run' });
    const row = rows.get('authentication');
    expect(row?.remedy?.policy?.kind).toBe('trust');
    expect(row?.details.map(({ value }) => value).join('\n')).toMatch(
      /does not exist, .*trusts someone else, .*another external ID[\s\S]*Trust relationships/,
    );
  });

  it('that lets us in without an external ID fails, with the lines to add', async () => {
    await aws.put.trust(changed(aws.policies.trust, { Condition: {} }));
    const { status, rows } = await verify('role', { keyArn: '' });
    expect(status).toBe('failed');
    expect(rows.get('confused-deputy')).toMatchObject({ outcome: 'failed', cause: 'external-id-not-required' });
    expect(JSON.stringify(rows.get('confused-deputy')?.remedy?.policy?.document)).toContain(externalId);
  });

  it('whose ARN is none fails by its name, and AWS is not asked', async () => {
    const { status, outcomes, rows } = await verify('role', { keyArn: '', roleArn: aws.keyArn });
    expect([status, outcomes]).toEqual(['failed', { format: 'failed' }]);
    expect(rows.get('format')?.summary).toMatch(/a key ARN/);
  });
});

describe('the key', () => {
  it('is verified by itself', async () => {
    const { status, outcomes } = await verify('key');
    expect([status, outcomes]).toEqual(['verified', { region: 'passed', key: 'passed' }]);
  });

  it('that is disabled fails', async () => {
    await aws.kms('DisableKey', { KeyId: aws.keyArn });
    const { status, rows } = await verify('key');
    await aws.kms('EnableKey', { KeyId: aws.keyArn });
    expect(status).toBe('failed');
    expect(rows.get('key')?.cause).toBe('key-disabled');
  });

  it('under the policy that AWS gives a new key cannot be told from one that does not exist', async () => {
    await aws.put.permission(without(aws.policies.permission, 'KeywardDescribesThisKey'));
    await aws.put.key(without(aws.policies.key, 'KeywardDescribesThisKey'));
    const { status, rows } = await verify('key');
    expect(status).toBe('unknown');
    expect(rows.get('key')?.summary).toMatch(/same answer for a key that does not exist/);
    expect(rows.get('key')?.remedy?.text).toMatch(/step 2, Key policy/);
  });

  it('of which AWS says that there is none fails', async () => {
    const { status, rows } = await verify('key', { keyArn: nobody });
    expect([status, rows.get('key')?.outcome]).toEqual(['failed', 'failed']);
  });

  it('is not asked for while the role does not let us in: the role’s step comes first', async () => {
    await aws.put.trust(changed(aws.policies.trust, { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } }));
    const { status, rows } = await verify('key');
    expect(status).toBe('unknown');
    expect(rows.get('key')).toMatchObject({
      outcome: 'not-run',
      summary: expect.stringMatching(/Verify step 1, IAM role/),
    });
    expect(rows.get('key')?.providerRequestIds.length).toBeGreaterThan(0);
  });
});

describe('the key policy', () => {
  it('is verified without the permission policy, action by action', async () => {
    await aws.put.permission(nothing);
    const { status, outcomes } = await verify('key-policy');
    expect(outcomes).toEqual({ ...Object.fromEntries(actions.map((action) => [action, 'passed'])), context: 'passed' });
    expect(status).toBe('partly');
  });

  it.each(actions)('that lacks %s alone fails in exactly that row, with its lines marked', async (action) => {
    await aws.put.permission(nothing);
    await aws.put.key(lacking(aws.policies.key, action));
    const { status, rows } = await verify('key-policy');
    expect(status).toBe('failed');
    expect(failedRows(rows)).toEqual([action]);
    const remedy = rows.get(action)?.remedy;
    expect(remedy?.policy?.kind).toBe('key');
    expect(remedy?.policy?.markedLines.length).toBeGreaterThan(0);
  });

  it('of another account says nothing while the role’s own policy does not let it ask', async () => {
    const other = await otherAccount();
    await aws.put.permission(nothing);
    const { status, rows } = await verify('key-policy', { keyArn: other.keyArn });
    expect(status).toBe('unknown');
    expect(rows.get('kms:Encrypt')?.remedy?.text).toMatch(/step 3, IAM policy first/);
  });

  it('that does not demand our context is a warning', async () => {
    const { key, permission } = aws.policies;
    const free = (document: PolicyDocument) =>
      changed(without(document, 'KeywardOnlyInThisContext'), { Condition: {} });
    await aws.put.key(free(key));
    await aws.put.permission(free(permission));
    expect((await verify('key-policy')).outcomes.context).toBe('warning');
  });

  it('of a disabled key cannot be told', async () => {
    await aws.kms('DisableKey', { KeyId: aws.keyArn });
    const { status, rows } = await verify('key-policy');
    await aws.kms('EnableKey', { KeyId: aws.keyArn });
    expect(status).toBe('unknown');
    expect(rows.get('kms:Encrypt')).toMatchObject({ outcome: 'unknown', cause: 'key-disabled' });
  });
});

describe('the permission policy', () => {
  it.each(actions)(
    'that lacks %s fails in exactly that row, where the key policy leaves it to the account',
    async (action) => {
      const leaves = { ...aws.policies.key, Statement: aws.policies.key.Statement.slice(0, 1) };
      await aws.put.key(leaves);
      await aws.put.permission(lacking(aws.policies.permission, action));
      const { status, rows } = await verify('permission');
      expect(status).toBe('failed');
      expect(failedRows(rows)).toEqual([action]);
      expect(rows.get(action)?.remedy?.policy?.kind).toBe('permission');
    },
  );

  it('is proven between accounts, where both have to allow', async () => {
    const other = await otherAccount();
    await aws.put.permission(changed(aws.policies.permission, { Resource: other.keyArn }));
    expect((await verify('permission', { keyArn: other.keyArn })).status).toBe('verified');
    expect((await verify('key-policy', { keyArn: other.keyArn })).outcomes['kms:Decrypt']).toBe('passed');
  });

  it('with Resource "*" is as good to AWS', async () => {
    await aws.put.permission(changed(aws.policies.permission, { Resource: '*' }));
    expect((await verify('permission')).status).toBe('partly');
  });

  it('behind a key policy that lets nobody in cannot be told', async () => {
    const root = aws.policies.key.Statement[0];
    const onlyManages = { ...root, Action: ['kms:PutKeyPolicy', 'kms:GetKeyPolicy'] };
    await aws.put.key({ ...aws.policies.key, Statement: [onlyManages] });
    const { status, rows } = await verify('permission');
    expect(status).toBe('unknown');
    expect(rows.get('kms:Encrypt')?.remedy?.text).toMatch(/step 2, Key policy first/);
  });
});

const nothing = {
  Version: '2012-10-17',
  Statement: [{ Sid: 'Nothing', Effect: 'Allow', Action: 'kms:ListAliases', Resource: '*' }],
};

async function verify(step: VerifiableStep, configuration: Partial<RoleDraft> = {}) {
  const rows = new Map<RowId, VerifiedRow>();
  let status: StepStatus = 'open';
  for await (const event of verifyStepAws({ ...optionsFor(aws, {}, configuration), step })) {
    if (event.type === 'check') rows.set(event.result.id, inWords(event.result, wordsOf));
    if (event.type === 'done') status = event.status;
  }
  return { status, rows, outcomes: Object.fromEntries([...rows].map(([id, row]) => [id, row.outcome])) };
}

function failedRows(rows: Map<RowId, VerifiedRow>): RowId[] {
  return [...rows.values()].filter(({ outcome }) => outcome === 'failed').map(({ id }) => id);
}

/** Every statement of ours with this in it in place of what it had; AWS's own first one stays. */
function changed(document: PolicyDocument, change: object): PolicyDocument {
  const Statement = document.Statement.map((one) => (one.Sid.startsWith('Keyward') ? { ...one, ...change } : one));
  return { ...document, Statement };
}

function without(document: PolicyDocument, ...sids: string[]): PolicyDocument {
  return { ...document, Statement: document.Statement.filter(({ Sid }) => !sids.includes(Sid)) };
}

function lacking(document: PolicyDocument, action: string): PolicyDocument {
  const Statement = document.Statement.flatMap((one) => {
    if (one.Effect === 'Deny' || !one.Sid.startsWith('Keyward')) return [one];
    const left = [one.Action].flat().filter((name) => name !== action);
    return left.length === 0 ? [] : [{ ...one, Action: left }];
  });
  return { ...document, Statement };
}

let made: { keyArn: string } | undefined;

/** A key in another account, under the policy that we show for it. */
async function otherAccount(): Promise<{ keyArn: string }> {
  if (made) return made;
  const accountId = '444455556666';
  await aws.send('POST', 'accounts', { accountId });
  const policy = keyPolicy({ partition: 'aws', accountId, roleArn: aws.roleArn, tenantId });
  const input = { Policy: JSON.stringify(policy) };
  const answer = await aws.send('POST', `accounts/${accountId}/kms/us-east-1/CreateKey`, input);
  made = { keyArn: String((answer.KeyMetadata as { Arn: string }).Arn) };
  return made;
}
