import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { permissionPolicy, policyText } from '../../byok/aws/policies.ts';
import type { CheckResult } from '../../byok/test-report.ts';
import { type ActiveKey, makeActiveKey, makeOtherKey } from '../../jobs/testing/active-key.ts';
import { takeCensus } from '../../jobs/testing/census.ts';
import { tryNow } from '../../jobs/testing/due-key.ts';
import { checkKey } from '../keys/check-key.ts';
import { readEnterpriseKey } from '../keys/read-enterprise-key.ts';
import { listTenants } from '../tenants/list-tenants.ts';
import { makeOtherRole, prepareTested, revisionOf } from '../testing/rotation.ts';
import { test } from '../testing/walk.ts';
import { makeWorld, must, type World } from '../testing/world.ts';
import { prepareRotation } from './prepare-rotation.ts';
import { rotateKey } from './rotate-key.ts';

/** The key policies of this world name the whole account: the role's own policy decides which keys it may use. */
let world: World;
let key: ActiveKey;
let newKeyArn: string;
let n = 0;
const region = 'us-east-1';
const records = 12;

beforeAll(async () => {
  world = await makeWorld({ apps: 1, recordsPerApp: 0 });
}, 60_000);
afterAll(() => world?.close());
beforeEach(async () => {
  key = await makeActiveKey(world, `Cut off ${++n}`, { apps: 2, keysPerApp: 2, recordsPerKey: 3 });
  newKeyArn = await makeOtherKey(world, key);
  await world.aws.put.key(wholeAccount);
}, 60_000);

const wholeAccount = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'kms:*', Resource: '*' },
  ],
};
const page = async () => must(await readEnterpriseKey(key.admin, { keyId: key.keyId }));
const nameNewKeyAlone = () =>
  world.aws.put.permission(permissionPolicy({ keyArn: newKeyArn, tenantId: key.tenant.id }));
async function prepared(roleArn = world.aws.roleArn, keyArn = newKeyArn): Promise<CheckResult | undefined> {
  const revision = await revisionOf(key.admin, key.keyId);
  must(await prepareRotation(key.admin, { keyId: key.keyId, revision, values: { region, roleArn, keyArn } }));
  return (await test(key.admin, key.keyId)).find(({ id }) => id === 'key-in-force');
}
const command = async (acknowledged: ('context' | 'key-in-force')[] = ['context']) =>
  rotateKey(key.admin, {
    keyId: key.keyId,
    revision: await revisionOf(key.admin, key.keyId),
    acknowledged,
    reencrypt: false,
  });

describe('the test of a rotation', () => {
  it('passes where both keys can be used, and says which versions stay readable', async () => {
    expect(await prepared()).toMatchObject({ outcome: 'passed', summary: expect.stringContaining('version 1') });
  });

  it('fails where the permission policy names the new key alone, with the lines that are missing', async () => {
    await nameNewKeyAlone();
    const check = await prepared();
    expect(check).toMatchObject({ outcome: 'failed', cause: 'key-cut-off' });
    expect(check?.summary).toContain('Version 1, which is active, is cut off: 12 records under it cannot be read');
    const { document, markedLines = [] } = check?.remedy?.policy ?? {};
    const lines = policyText(document ?? {}).split('\n');
    const marked = markedLines.flatMap(([from, to]) => lines.slice(from - 1, to)).join('\n');
    expect(marked).toContain(world.aws.keyArn);
    expect(marked).not.toContain(newKeyArn);
    expect(lines.join('\n')).toContain(newKeyArn);
    expect(await command()).toMatchObject({ ok: false, error: { code: 'test-required' } });
    expect(await page()).toMatchObject({ state: 'active', versionNumber: 1 });
    // What is shown fixes it.
    await world.aws.put.permission(document ?? {});
    expect(await prepared()).toMatchObject({ outcome: 'passed' });
  }, 90_000);

  it('proves the active version with its own role, whichever role the new one has', async () => {
    const roleArn = await makeOtherRole(world, key.tenant, [newKeyArn], `Only_new_${n}`);
    expect(await prepared(roleArn)).toMatchObject({ outcome: 'passed' });
    await world.aws.iam('DeleteRolePolicy', { RoleName: 'BYOK_Role', PolicyName: 'BYOK_Policy' });
    const check = await prepared(roleArn);
    expect(check).toMatchObject({ outcome: 'failed' });
    expect(check?.remedy?.text).toContain(world.aws.roleArn);
  }, 90_000);

  it('is satisfied by the new role where both versions name the same key: its credentials will unwrap', async () => {
    const roleArn = await makeOtherRole(world, key.tenant, [world.aws.keyArn], `Same_key_${n}`);
    await world.aws.iam('DeleteRolePolicy', { RoleName: 'BYOK_Role', PolicyName: 'BYOK_Policy' });
    expect(await prepared(roleArn, world.aws.keyArn)).toMatchObject({ outcome: 'passed' });
  }, 90_000);
});

describe('while the key is revoked', () => {
  const revoke = async () => {
    await world.aws.iam('DeleteRolePolicy', { RoleName: 'BYOK_Role', PolicyName: 'BYOK_Policy' });
    must(await checkKey(key.admin, { keyId: key.keyId, asked: 'by-hand' }));
    expect(await page()).toMatchObject({
      state: 'active',
      health: { state: 'revoked' },
      commands: { rotate: { allowed: true } },
    });
  };

  it('a rotation to a role that reaches the same key is accepted, and everything is read again', async () => {
    const roleArn = await makeOtherRole(world, key.tenant, [world.aws.keyArn], `Way_back_${n}`);
    await revoke();
    expect(await prepared(roleArn, world.aws.keyArn)).toMatchObject({ outcome: 'passed' });
    const { transitionId } = must(await command());
    await tryNow(transitionId);
    expect(await page()).toMatchObject({ versionNumber: 2, unreadable: [], health: { state: 'healthy' } });
    expect(await takeCensus(key.tenant.id)).toMatchObject({ records, open: records });
  }, 90_000);

  it('one to another key is refused, with why, since nothing could be moved to it', async () => {
    const roleArn = await makeOtherRole(world, key.tenant, [newKeyArn], `Other_key_${n}`);
    await revoke();
    const check = await prepared(roleArn);
    expect(check).toMatchObject({ outcome: 'failed', cause: 'key-cut-off' });
    expect(check?.summary).toContain('Version 1, which is active, is cut off');
    expect(await command()).toMatchObject({ ok: false, error: { code: 'test-required' } });
    expect(await page()).toMatchObject({ versionNumber: 1, health: { state: 'revoked' } });
  }, 90_000);
});

it('a rotation is not accepted where the active key was cut off after the test', async () => {
  await prepareTested(key.admin, key.keyId, { keyArn: newKeyArn, roleArn: world.aws.roleArn });
  await nameNewKeyAlone();
  expect(await command()).toMatchObject({
    ok: false,
    error: {
      code: 'test-required',
      details: { reason: expect.stringContaining('12 records under it could not be moved') },
    },
  });
  expect(await page()).toMatchObject({ state: 'active', versionNumber: 1 });
}, 60_000);

it('a rotation that is cut off on its way says what cannot be read, counted where it is, and is not healthy', async () => {
  await prepareTested(key.admin, key.keyId, { keyArn: newKeyArn, roleArn: world.aws.roleArn });
  const { transitionId } = must(await command());
  await nameNewKeyAlone();
  await tryNow(transitionId);
  const stuck = await page();
  expect(stuck).toMatchObject({ versionNumber: 2, health: { state: 'healthy' } });
  expect(stuck.unreadable).toMatchObject([
    {
      number: 1,
      apps: 2,
      dataKeys: 4,
      records,
      health: { state: 'revoked', next: expect.stringMatching(/permission/) },
    },
  ]);
  expect(stuck.versions.map(({ number, records: held, health }) => [number, held, health.state])).toEqual([
    [2, 0, 'healthy'],
    [1, records, 'revoked'],
  ]);
  const row = must(await listTenants(world.callers.support, {})).find(({ id }) => id === key.tenant.id);
  expect(row).toMatchObject({ whoseMove: 'customer', appsAtRisk: 2 });
  expect(row?.cause).toContain('12 records under version 1 cannot be read');
  // Named again, a check finds it, and the transition ends.
  await makeOtherKeyAllowed();
  must(await checkKey(key.admin, { keyId: key.keyId, asked: 'by-hand' }));
  await tryNow(transitionId);
  expect(await page()).toMatchObject({ unreadable: [], transition: { phase: 'done' } });
  expect(await takeCensus(key.tenant.id)).toMatchObject({ records, open: records });

  async function makeOtherKeyAllowed() {
    const [first, second] = [world.aws.keyArn, newKeyArn].map((keyArn) =>
      permissionPolicy({ keyArn, tenantId: key.tenant.id }),
    );
    const renamed = second?.Statement.map((statement) => ({ ...statement, Sid: `Other${statement.Sid}` })) ?? [];
    await world.aws.put.permission({ Version: '2012-10-17', Statement: [...(first?.Statement ?? []), ...renamed] });
  }
}, 90_000);

it('an old version whose key was disabled for good keeps nobody from another rotation, once it was acknowledged', async () => {
  await prepareTested(key.admin, key.keyId, { keyArn: newKeyArn, roleArn: world.aws.roleArn });
  const { transitionId } = must(await command());
  await world.aws.kms('DisableKey', { KeyId: world.aws.keyArn });
  await tryNow(transitionId);
  expect((await page()).unreadable).toMatchObject([{ number: 1, records }]);
  const check = await prepared();
  expect(check).toMatchObject({ outcome: 'warning', cause: 'key-cut-off' });
  expect(await command()).toMatchObject({ ok: false, error: { code: 'warnings-not-acknowledged' } });
  expect(must(await command(['context', 'key-in-force'])).versionNumber).toBe(3);
  await world.aws.kms('EnableKey', { KeyId: world.aws.keyArn });
}, 90_000);
