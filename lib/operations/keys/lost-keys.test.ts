import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { keyPolicy, permissionPolicy, policyText, trustPolicy } from '../../byok/aws/policies.ts';
import { leastUserPolicy } from '../../byok/aws/user-policies.ts';
import { formatInstant } from '../../byok/format.ts';
import { db } from '../../db/client.ts';
import { makeUser } from '../../kms/testing/access-key-user.ts';
import { accountId, serviceRoleArn } from '../../kms/testing/customer.ts';
import { activate, draft, save, schedule } from '../testing/walk.ts';
import { makeWorld, must, type World } from '../testing/world.ts';
import { checkKey } from './check-key.ts';
import { createKey } from './create-key.ts';

/** What a customer may do to an active key, one after the other on the same key, and what its page then says. */
let world: World;
let keyId: string;

beforeAll(async () => {
  world = await makeWorld({ apps: 1, recordsPerApp: 0 });
  await world.applyPolicies();
  keyId = await draft(world);
  await schedule(world, keyId);
  await activate(keyId);
}, 60_000);
afterAll(() => world?.close());
beforeEach(async () => {
  await world.aws.kms('EnableKey', { KeyId: world.aws.keyArn });
  await world.applyPolicies();
  await check();
  expect((await check())?.state).toBe('healthy');
});

async function check(id = keyId) {
  await db().keyProbe.updateMany({ data: { begunAt: new Date(0) } });
  return must(await checkKey(world.callers.admin, { keyId: id, asked: 'by-page' })).health;
}
const lost = (cause: RegExp, next: RegExp) => ({
  state: 'revoked',
  cause: expect.stringMatching(cause),
  next: expect.stringMatching(next),
});
const policyOf = (roleArn: string) =>
  keyPolicy({ partition: 'aws', accountId, roleArn, tenantId: world.acme.id }) as { Statement: { Sid: string }[] };

it('disabled: enable it', async () => {
  await world.aws.kms('DisableKey', { KeyId: world.aws.keyArn });
  expect(await check()).toMatchObject(lost(/^The key is disabled\.$/, /^Enable the key/));
});

it('scheduled for deletion: cancel that before its date, then enable; once it is cancelled, enable', async () => {
  const { KeyId } = { KeyId: world.aws.keyArn };
  await world.aws.kms('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
  const { KeyMetadata } = (await world.aws.kms('DescribeKey', { KeyId })) as { KeyMetadata: { DeletionDate: number } };
  const deletedOn = formatInstant(new Date(KeyMetadata.DeletionDate * 1_000).toISOString());
  const health = await check();
  expect(health?.cause).toContain(`scheduled for deletion on ${deletedOn}.`);
  expect(health?.next).toContain(`before ${deletedOn}, then enable the key`);
  await world.aws.kms('CancelKeyDeletion', { KeyId });
  expect(await check()).toMatchObject(lost(/^The key is disabled\.$/, /^Enable the key/));
});

it('role deleted: make it again; made again under a key policy that names it: save the key policy again', async () => {
  const RoleName = 'BYOK_Role';
  const keyPolicyAlone = { ...policyOf(world.aws.roleArn) };
  keyPolicyAlone.Statement = keyPolicyAlone.Statement.map((statement) =>
    statement.Sid === 'EnableIAMUserPermissions'
      ? { ...statement, Action: ['kms:PutKeyPolicy', 'kms:DescribeKey', 'kms:EnableKey'] }
      : statement,
  );
  await world.aws.put.key(keyPolicyAlone);
  await world.aws.iam('DeleteRolePolicy', { RoleName, PolicyName: 'BYOK_Policy' });
  await world.aws.iam('DeleteRole', { RoleName });
  expect(await check()).toMatchObject(lost(/deleted, or its trust policy/, /recreate it.*save the key policy again/));
  const trust = policyText(trustPolicy({ serviceRoleArn, externalId: world.acme.externalId }));
  await world.aws.iam('CreateRole', { RoleName, AssumeRolePolicyDocument: trust });
  await world.aws.put.permission(permissionPolicy({ keyArn: world.aws.keyArn, tenantId: world.acme.id }));
  expect(await check()).toMatchObject(lost(/key policy/, /^Save the key policy .* after recreating the role/));
});

it('trust policy changed: apply it', async () => {
  await world.aws.put.trust(trustPolicy({ serviceRoleArn, externalId: 'kw_somebody-else' }));
  expect(await check()).toMatchObject(lost(/trust policy no longer names Keyward/, /apply the trust policy/));
});

it('permission removed: apply it', async () => {
  const [root] = policyOf(world.aws.roleArn).Statement;
  await world.aws.put.key({ Version: '2012-10-17', Statement: [root] });
  await world.aws.iam('DeleteRolePolicy', { RoleName: 'BYOK_Role', PolicyName: 'BYOK_Policy' });
  expect(await check()).toMatchObject(lost(/^No policy of the role/, /^Apply the permission policy/));
});

it('our context not allowed: save the key policy', async () => {
  const tenantId = '6f1c4d0e-8a53-4b7e-9f0a-2f6f5f5c9a11';
  await world.aws.put.key(keyPolicy({ partition: 'aws', accountId, roleArn: world.aws.roleArn, tenantId }));
  expect(await check()).toMatchObject(lost(/does not accept the encryption context/, /keyward:tenant/));
});

it('forbidden to the role by a Deny of its own, or by a boundary around it: take it out there', async () => {
  const deny = { Sid: 'NotHere', Effect: 'Deny', Action: 'kms:Decrypt', Resource: '*' };
  const allowed = permissionPolicy({ keyArn: world.aws.keyArn, tenantId: world.acme.id });
  await world.aws.put.permission({ ...allowed, Statement: [...allowed.Statement, deny] });
  expect(await check()).toMatchObject(lost(/Deny in a policy of the role/, /from that Deny in IAM/));
  await world.aws.put.permission(allowed);
  const boundary = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'kms:DescribeKey', Resource: '*' }],
  };
  const RoleName = 'BYOK_Role';
  await world.aws.iam('PutRolePermissionsBoundary', { RoleName, PolicyDocument: policyText(boundary) });
  const root = keyPolicy({ partition: 'aws', accountId, roleArn: world.aws.roleArn, tenantId: world.acme.id });
  await world.aws.put.key({ ...root, Statement: root.Statement.slice(0, 1) });
  const health = await check();
  await world.aws.iam('DeleteRolePermissionsBoundary', { RoleName });
  expect(health).toMatchObject(lost(/permissions boundary/, /permissions boundary/));
});

it('access key inactive: activate it', async () => {
  const made = await world.aws.kms('CreateKey', {});
  const keyArn = String((made.KeyMetadata as { Arn: string }).Arn);
  const user = await makeUser({ ...world.aws, keyArn }, leastUserPolicy({ keyArn, tenantId: world.acme.id }));
  const { admin } = world.callers;
  const other = must(await createKey(admin, {})).keyId;
  const common = {
    provider: 'aws',
    authMode: 'access-key',
    region: 'us-east-1',
    alias: 'by user',
    description: '',
  } as const;
  await save(admin, other, { step: 'provider', values: common });
  const { accessKeyId, secretAccessKey } = user.accessKey;
  await save(admin, other, { step: 'connect', values: { accessKeyId, secret: secretAccessKey, keyArn } });
  const app = await db().app.create({ data: { tenantId: world.acme.id, kind: 'app', name: 'of the user' } });
  await save(admin, other, { step: 'apps', values: { mode: 'only', ids: [app.id] } });
  await schedule(world, other);
  await activate(other);
  expect((await check(other))?.state).toBe('healthy');
  await user.setActive(false);
  expect(await check(other)).toMatchObject(lost(/^AWS does not know the access key/, /^Activate the access key/));
});
