import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AliasWatch } from '../byok/alias-watch.ts';
import { permissionPolicy } from '../byok/aws/policies.ts';
import { db } from '../db/client.ts';
import { readEnterpriseKey } from '../operations/keys/read-enterprise-key.ts';
import { makeWorld, must, type World } from '../operations/testing/world.ts';
import { type ActiveKey, makeActiveKey, makeOtherKey } from './testing/active-key.ts';
import { openTo } from './testing/due-key.ts';
import { watchAliases } from './watch-aliases.ts';

let world: World;
let key: ActiveKey;
let otherArn: string;
const aliasName = 'alias/byok-prod';
const signal = new AbortController().signal;
/** Each look comes five minutes after the one before. */
let clock = Date.now();
const later = () => {
  clock += 301_000;
  return new Date(clock);
};

beforeAll(async () => {
  world = await makeWorld({ recordsPerApp: 0 });
  key = await makeActiveKey(world, 'Watched', { apps: 1, keysPerApp: 1, recordsPerKey: 1 });
  otherArn = await makeOtherKey(world, key);
  await db().keyVersion.update({
    where: { id: key.versionId },
    data: { keyRef: world.aws.aliasArn, keyRefIsAlias: true },
  });
});
afterAll(() => world?.close());
beforeEach(async () => {
  await openTo(world, key.tenant);
  await pointAliasTo(world.aws.keyArn);
  await watchAliases(signal, later());
  await db()
    .auditEvent.deleteMany({ where: { operation: { startsWith: 'alias-' } } })
    .catch(() => undefined);
});

const pointAliasTo = (keyArn: string) =>
  world.aws.kms('UpdateAlias', { AliasName: aliasName, TargetKeyId: keyArn.split('/').at(-1) });

async function seen(): Promise<AliasWatch | null> {
  return must(await readEnterpriseKey(key.admin, { keyId: key.keyId })).aliasWatch;
}

async function told(since: Date): Promise<string[]> {
  const rows = await db().auditEvent.findMany({
    where: { operation: { startsWith: 'alias-' }, at: { gte: since } },
    orderBy: { at: 'asc' },
  });
  return rows.map((row) => row.operation);
}

/** May describe both keys, or our own alone. */
async function permit(...keyArns: string[]): Promise<void> {
  const statements = keyArns.flatMap((keyArn, at) =>
    permissionPolicy({ keyArn, tenantId: key.tenant.id }).Statement.map((one) => ({ ...one, Sid: `${one.Sid}${at}` })),
  );
  await world.aws.put.permission({ Version: '2012-10-17', Statement: statements });
}

describe('an alias of an active key', () => {
  it('that leads where it led is seen to, without a word', async () => {
    const from = new Date();
    expect(await watchAliases(signal, later())).toBe(1);
    expect(await seen()).toMatchObject({ state: 'here', driftedAt: null, leadsTo: null });
    expect(await told(from)).toEqual([]);
  });

  it('that is pointed elsewhere is told once, by whichever worker sees it, and changes nothing of what is active', async () => {
    const from = new Date();
    await permit(world.aws.keyArn, otherArn);
    await pointAliasTo(otherArn);
    const at = later();
    await watchAliases(signal, at);
    expect(await seen()).toMatchObject({ state: 'elsewhere', leadsTo: otherArn, driftedAt: at.toISOString() });
    await watchAliases(signal, later());
    expect(await seen()).toMatchObject({ state: 'elsewhere', driftedAt: at.toISOString() });
    expect(await told(from)).toEqual(['alias-drift']);
    const version = await db().keyVersion.findUniqueOrThrow({ where: { id: key.versionId } });
    expect(version).toMatchObject({ pinnedKeyRef: world.aws.keyArn, health: 'healthy', epoch: 1 });
    await pointAliasTo(world.aws.keyArn);
    await watchAliases(signal, later());
    expect(await seen()).toMatchObject({ state: 'here', driftedAt: null });
    expect(await told(from)).toEqual(['alias-drift', 'alias-back']);
  });

  it('that leads to a key which we may not see has drifted all the same', async () => {
    await permit(world.aws.keyArn);
    await pointAliasTo(otherArn);
    await world.aws.put.key(
      {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'kms:*', Resource: '*' },
        ],
      },
      otherArn,
    );
    await watchAliases(signal, later());
    expect(await seen()).toMatchObject({ state: 'unseen', leadsTo: null, driftedAt: expect.any(String) });
  });

  it('that is deleted is gone, and healed once it is there again', async () => {
    await world.aws.kms('DeleteAlias', { AliasName: aliasName });
    await watchAliases(signal, later());
    expect(await seen()).toMatchObject({ state: 'gone', leadsTo: null, driftedAt: expect.any(String) });
    await world.aws.kms('CreateAlias', { AliasName: aliasName, TargetKeyId: world.aws.keyArn.split('/').at(-1) });
    await watchAliases(signal, later());
    expect(await seen()).toMatchObject({ state: 'here', driftedAt: null });
  });

  it('says nothing where nothing may be described, and nothing in an outage', async () => {
    const from = new Date();
    await world.aws.faults({ kind: 'error', action: 'DescribeKey', name: 'AccessDeniedException', status: 400 });
    await watchAliases(signal, later());
    expect(await seen()).toMatchObject({ state: 'not-permitted', driftedAt: null });
    await world.aws.faults({ kind: 'error', action: 'DescribeKey', name: 'KMSInternalException', status: 500 });
    await watchAliases(signal, later());
    expect(await seen()).toMatchObject({ state: 'not-permitted', driftedAt: null });
    expect(await told(from)).toEqual([]);
  });

  it('is resolved no more often than is configured', async () => {
    const now = later();
    expect(await watchAliases(signal, now)).toBe(1);
    expect(await watchAliases(signal, new Date(now.getTime() + 60_000))).toBe(0);
  });
});
