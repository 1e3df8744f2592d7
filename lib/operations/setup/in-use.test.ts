import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { keyPolicy, permissionPolicy } from '../../byok/aws/policies.ts';
import { keysBeside } from '../../byok/aws/standing-uses.ts';
import { db } from '../../db/client.ts';
import { type ActiveKey, makeActiveKey, makeOtherKey } from '../../jobs/testing/active-key.ts';
import { takeCensus } from '../../jobs/testing/census.ts';
import { rotate } from '../testing/rotation.ts';
import { activate } from '../testing/walk.ts';
import { makeWorld, must, type World } from '../testing/world.ts';
import { readHandOver } from './read-hand-over.ts';
import { readSetUpValues } from './read-set-up-values.ts';

let world: World;
let key: ActiveKey;
let otherKeyArn: string;
let n = 0;

beforeAll(async () => {
  world = await makeWorld({ apps: 1, recordsPerApp: 0 });
}, 60_000);
afterAll(() => world?.close());
beforeEach(async () => {
  key = await makeActiveKey(world, `In use ${++n}`, { apps: 2, keysPerApp: 1, recordsPerKey: 3 });
  otherKeyArn = await makeOtherKey(world, key);
}, 60_000);

const inUse = async () => must(await readSetUpValues(key.admin, {})).inUse;

/** Applies what Rotate Key shows for this key and the active role; the key policies leave it to IAM, as many do. */
async function applyShown(keyArn: string): Promise<void> {
  const { roleArn } = world.aws;
  const { id: tenantId } = key.tenant;
  const byAccount = { keyPrincipal: 'account' } as const;
  const policy = keyPolicy({ partition: 'aws', accountId: '111122223333', roleArn, tenantId, shape: byAccount });
  for (const arn of [world.aws.keyArn, otherKeyArn]) await world.aws.put.key(policy, arn);
  const alsoKeyArns = keysBeside(await inUse(), roleArn, keyArn);
  await world.aws.put.permission(permissionPolicy({ keyArn, alsoKeyArns, tenantId }));
}

describe('what is in use', () => {
  it('is the active version, for the rotation and for the hand-over alike', async () => {
    const { keyArn, roleArn } = world.aws;
    const version = { keyId: key.keyId, version: 1, keyArn, roleArn, current: true };
    expect(await inUse()).toEqual([expect.objectContaining(version)]);
    expect(must(await readHandOver(key.admin, { keyId: key.keyId })).inUse).toEqual(await inUse());
  });

  it('is never another tenant’s', async () => {
    expect(must(await readSetUpValues(world.callers.admin, {})).inUse).toEqual([]);
  });

  it('stays open when the policies that a rotation shows are applied: before it, while it runs and after it', async () => {
    const census = async () => takeCensus(key.tenant.id);
    const { records } = await census();
    await applyShown(otherKeyArn);
    expect((await census()).open).toBe(records);
    await rotate(key.admin, key.keyId, { keyArn: otherKeyArn, roleArn: world.aws.roleArn });
    await applyShown(otherKeyArn);
    expect((await census()).open).toBe(records);
    await activate(key.keyId);
    expect((await census()).open).toBe(records);
  }, 60_000);

  it('keeps an old version until its retention has passed, or that of backups where it is longer', async () => {
    await rotate(key.admin, key.keyId, { keyArn: otherKeyArn, roleArn: world.aws.roleArn });
    await activate(key.keyId);
    const versions = async () => (await inUse()).map(({ version, current }) => [version, current]);
    const lastUsed = (days: number) =>
      db().keyVersion.updateMany({
        where: { keyId: key.keyId, number: 1 },
        data: { lastUsedAt: new Date(Date.now() - days * 86_400_000) },
      });
    expect(await versions()).toEqual([
      [2, true],
      [1, false],
    ]);
    await lastUsed(34);
    expect(await versions()).toHaveLength(2);
    await lastUsed(36);
    expect(await versions()).toEqual([[2, true]]);
  }, 60_000);
});
