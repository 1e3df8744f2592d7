import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AwsDraft, awsDraftSchema } from '#lib/byok/aws/connection.ts';
import { creationPolicy, creationTag } from '#lib/byok/aws/created-key.ts';
import { policyText } from '#lib/byok/aws/policies.ts';
import type { CreatorOptions, KeyCreator } from '../key-creator.ts';
import { accountId, type Customer, externalId, region, startAws, tenantId } from '../testing/customer.ts';
import { createAwsKeyCreator } from './key-creator.ts';

const allowed = creationPolicy({ partition: 'aws', region, accountId, tenantId });
const common = { provider: 'aws', region, accountId, createsKey: true };
const soon = () => ({ keys: 100, endsAt: performance.now() + 10_000 });

let aws: Customer;
let creators: KeyCreator[] = [];

beforeAll(async () => {
  aws = await startAws();
});
beforeEach(() => aws.put.permission(allowed));
afterEach(async () => {
  for (const creator of creators) creator.close();
  creators = [];
  await aws.faults();
});
afterAll(() => aws.close());

function creatorFor(draft: AwsDraft, more: Omit<Partial<CreatorOptions>, 'draft'> = {}): KeyCreator {
  const creator = createAwsKeyCreator({ keyAlias: 'production', tenantId, externalId, ...more, draft });
  creators.push(creator);
  return creator;
}
const byRole = (more: Omit<Partial<CreatorOptions>, 'draft'> = {}) =>
  creatorFor(awsDraftSchema.parse({ ...common, authMode: 'assume-role', roleArn: aws.roleArn }), more);

async function byUser(): Promise<KeyCreator> {
  const UserName = `creator-${randomUUID().slice(0, 8)}`;
  await aws.iam('CreateUser', { UserName });
  await aws.iam('PutUserPolicy', { UserName, PolicyName: 'Keyward', PolicyDocument: policyText(allowed) });
  const { AccessKey } = (await aws.iam('CreateAccessKey', { UserName })) as {
    AccessKey: { AccessKeyId: string; SecretAccessKey: string };
  };
  const draft = awsDraftSchema.parse({ ...common, authMode: 'access-key', accessKeyId: AccessKey.AccessKeyId });
  return creatorFor(draft, { secret: AccessKey.SecretAccessKey });
}

describe.each([
  ['role', async () => byRole()],
  ['access key', byUser],
])('with the credentials of a %s', (_, make) => {
  it('a key is made with its marks and its policy, found by them, named, and seen to be gone', async () => {
    const creator = await make();
    const creationId = randomUUID();
    const { keyRef: keyArn } = await creator.create(creationId, new Date());
    const { Tags } = await aws.kms('ListResourceTags', { KeyId: keyArn });
    expect(Tags).toContainEqual({ TagKey: creationTag, TagValue: creationId });
    const { Policy } = await aws.kms('GetKeyPolicy', { KeyId: keyArn, PolicyName: 'default' });
    expect(String(Policy)).toContain('KeywardOnlyInThisContext');
    expect(await creator.find(creationId, soon())).toMatchObject({ keyRef: keyArn });
    expect(await creator.find(randomUUID(), soon())).toMatchObject({ keyRef: null, complete: true });
    const aliasName = `alias/keyward-${creationId.slice(0, 8)}`;
    await creator.name(aliasName, keyArn);
    const { Aliases } = await aws.kms('ListAliases', { KeyId: keyArn });
    expect(Aliases).toMatchObject([{ AliasName: aliasName }]);
    expect(await creator.isGone(keyArn)).toBe(false);
    await aws.kms('ScheduleKeyDeletion', { KeyId: keyArn, PendingWindowInDays: 7 });
    expect(await creator.isGone(keyArn)).toBe(true);
    expect(creator.requestIds.length).toBeGreaterThan(5);
  });
});

describe('a creation that fails', () => {
  const keys = async () => ((await aws.kms('ListKeys', { Limit: 1000 })) as { Keys: object[] }).Keys.length;

  it('is not repeated, whatever went wrong: a second attempt would be a second key', async () => {
    const before = await keys();
    await aws.faults({ kind: 'error', name: 'KMSInternalException', status: 500, action: 'CreateKey', count: 1 });
    const creator = byRole();
    const failure = await creator.create(randomUUID(), new Date()).catch((error: unknown) => error);
    expect(creator.mayHaveCreated(failure)).toBe(true);
    expect(await keys()).toBe(before);
  });

  it('after AWS has made the key is found by its marks', async () => {
    await aws.faults({ kind: 'slow-answer', ms: 60_000, action: 'CreateKey' });
    const creationId = randomUUID();
    const creator = byRole({ limits: { requestTimeoutMs: 500 } });
    const failure = await creator.create(creationId, new Date()).catch((error: unknown) => error);
    expect(creator.mayHaveCreated(failure)).toBe(true);
    expect((await creator.find(creationId, soon())).keyRef).toMatch(/:key\//);
  });

  it.each(['kms:CreateKey', 'kms:TagResource'])('without %s is a refusal, and there is no key', async (action) => {
    const before = await keys();
    const without = policyText(allowed).replace(new RegExp(`"${action}"`), '"kms:DescribeKey"');
    await aws.put.permission(JSON.parse(without) as object);
    const creator = byRole();
    const failure = await creator.create(randomUUID(), new Date()).catch((error: unknown) => error);
    expect(failure).toMatchObject({ failure: 'access-denied' });
    expect(creator.mayHaveCreated(failure)).toBe(false);
    expect(await keys()).toBe(before);
  });

  it('for another tenant’s mark is refused by the policy that we show', async () => {
    const creator = byRole({ tenantId: randomUUID() });
    await expect(creator.create(randomUUID(), new Date())).rejects.toMatchObject({ failure: 'access-denied' });
  });

  it('to look for it without kms:ListKeys says so', async () => {
    const { Statement } = allowed;
    await aws.put.permission({ ...allowed, Statement: Statement.filter(({ Sid }) => Sid !== 'KeywardFindsItsKey') });
    await expect(byRole().find(randomUUID(), soon())).rejects.toMatchObject({ failure: 'access-denied' });
  });
});
