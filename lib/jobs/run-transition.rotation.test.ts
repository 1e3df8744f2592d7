import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db } from '../db/client.ts';
import { countTransition } from '../db/transition-store.ts';
import { makeWorld, type World } from '../operations/testing/world.ts';
import { type ActiveKey, beginRevert, beginRotation, makeActiveKey, makeOtherKey } from './testing/active-key.ts';
import { takeCensus } from './testing/census.ts';
import { pageOf, tryNow, until } from './testing/due-key.ts';

const records = 3 * 3 * 2;
let world: World;
let tenants = 0;
let key: ActiveKey;
let otherKey: string;

beforeAll(async () => {
  world = await makeWorld({ recordsPerApp: 0 });
});
afterAll(() => world?.close());
beforeEach(async () => {
  await world.aws.kms('EnableKey', { KeyId: world.aws.keyArn });
  key = await makeActiveKey(world, `Tenant ${++tenants}`, { apps: 3, keysPerApp: 3, recordsPerKey: 2 });
  otherKey = await makeOtherKey(world, key);
});

describe('a rotation', () => {
  it('gives each app a fresh data key and takes the older ones along, without touching a record', async () => {
    const before = await revisions();
    await world.aws.send('DELETE', 'calls');
    const { transitionId, versionId } = await beginRotation(key, { keyArn: otherKey });
    await tryNow(transitionId);
    expect(await calls()).toEqual({ GenerateDataKey: 3, Encrypt: 9, Decrypt: 3 + 18 });
    const page = await pageOf(key);
    expect(page).toMatchObject({
      state: 'active',
      transition: { phase: 'done', dataKeys: { total: 9, done: 9, left: 0 } },
    });
    expect(await takeCensus(key.tenant.id)).toMatchObject({
      open: records,
      dataKeys: 12,
      wrappedBy: { [versionId]: 12 },
    });
    expect(await revisions()).toEqual(before);
    expect(await events('finish-rotation')).toBe(1);
  });

  it('re-encrypts where it is asked to, and then the old data keys go', async () => {
    const { transitionId, versionId } = await beginRotation(key, { keyArn: otherKey }, { reencrypt: true });
    await tryNow(transitionId);
    const whole = { records, open: records, dataKeys: 3, wrappedBy: { [versionId]: 3 }, underOldKeys: 0 };
    expect(await takeCensus(key.tenant.id)).toEqual(whole);
    expect((await pageOf(key)).transition).toMatchObject({ phase: 'done', records: { total: records, done: records } });
  });

  it('leaves behind what the old key refuses, is over for everybody else, and goes on once the key is enabled', async () => {
    await world.aws.kms('DisableKey', { KeyId: world.aws.keyArn });
    const { transitionId, versionId } = await beginRotation(key, { keyArn: otherKey });
    await tryNow(transitionId);
    const { state, transition } = await pageOf(key);
    expect(state).toBe('active');
    expect(transition).toMatchObject({ finishedAt: null, apps: { total: 3, done: 3 } });
    expect(transition.triedAt).not.toBeNull();
    expect(transition.dataKeys).toEqual({ total: 9, done: 0, failed: 9, left: 0 });
    expect(transition.failure?.detail).toBe('The key is disabled. 9 data keys of 9 could not be moved.');
    expect(transition.failures).toHaveLength(9);
    for (let n = 0; n < 2; n++) await tryNow(transitionId);
    expect(await events('rotation-left-behind')).toBe(1);
    expect((await pageOf(key)).transition.failures.map((one) => one.attempts)).toEqual(Array(9).fill(3));
    await world.aws.kms('EnableKey', { KeyId: world.aws.keyArn });
    await tryNow(transitionId);
    expect(await db().dataKeyFailure.count()).toBe(0);
    const left = await db().keyVersion.findUniqueOrThrow({ where: { id: key.versionId } });
    expect(left.health).toBe('healthy');
    expect(left.lastUsedAt?.getTime()).toBeGreaterThan(Date.parse(transition.triedAt ?? ''));
    expect(await events('finish-rotation')).toBe(1);
    expect(await takeCensus(key.tenant.id)).toMatchObject({ open: records, wrappedBy: { [versionId]: 12 } });
  });

  it('is tried to its end where the new key refuses: nothing falls back to the old one', async () => {
    const { transitionId, versionId } = await beginRotation(key, { keyArn: otherKey });
    await world.aws.kms('DisableKey', { KeyId: otherKey });
    await tryNow(transitionId);
    const { state, transition } = await pageOf(key);
    expect(state).toBe('active');
    expect(transition).toMatchObject({ apps: { total: 3, done: 0 }, dataKeys: { total: 9, failed: 9 } });
    expect(await takeCensus(key.tenant.id)).toMatchObject({ open: records, wrappedBy: { [key.versionId]: 9 } });
    await world.aws.kms('EnableKey', { KeyId: otherKey });
    await tryNow(transitionId);
    expect(await takeCensus(key.tenant.id)).toMatchObject({ open: records, wrappedBy: { [versionId]: 12 } });
    expect((await pageOf(key)).transition.finishedAt).not.toBeNull();
  });

  it('waits while a key is out of reach, and stays rotating', async () => {
    const { transitionId } = await beginRotation(key, { keyArn: otherKey });
    await world.aws.faults({ kind: 'error', service: 'kms', name: 'KMSInternalException', status: 500 });
    await tryNow(transitionId);
    const { state, transition } = await pageOf(key);
    expect(state).toBe('rotating');
    expect(transition).toMatchObject({ triedAt: null, failure: { code: 'key-outage' }, dataKeys: { failed: 0 } });
    await world.aws.faults();
    await tryNow(transitionId);
    expect((await pageOf(key)).state).toBe('active');
  });

  it('moves every data key but the damaged one, and names that', async () => {
    const { transitionId } = await beginRotation(key, { keyArn: otherKey });
    const victim = await db().dataKey.findFirstOrThrow({ where: { tenantId: key.tenant.id, state: 'old' } });
    const wrapped = Uint8Array.from(victim.wrapped, (byte, n) => (n === victim.wrapped.length - 1 ? byte ^ 1 : byte));
    await db().dataKey.update({ where: { id: victim.id }, data: { wrapped } });
    await tryNow(transitionId);
    const { state, transition } = await pageOf(key);
    expect(state).toBe('active');
    expect(transition.dataKeys).toEqual({ total: 9, done: 8, failed: 1, left: 0 });
    expect(transition.failures).toMatchObject([{ dataKeyId: victim.id, code: 'cannot-open', attempts: 1 }]);
    await db().dataKey.update({ where: { id: victim.id }, data: { wrapped: Uint8Array.from(victim.wrapped) } });
    await tryNow(transitionId);
    expect((await pageOf(key)).transition).toMatchObject({ phase: 'done', dataKeys: { done: 9 } });
  });

  it('is not begun while paused, stops within a batch, and goes on when it is resumed', async () => {
    const { transitionId, versionId } = await beginRotation(key, { keyArn: otherKey });
    const pause = (pausedAt: Date | null) =>
      db().transition.update({ where: { id: transitionId }, data: { pausedAt } });
    await pause(new Date());
    await tryNow(transitionId);
    expect(await db().dataKey.count({ where: { keyVersionId: versionId } })).toBe(0);
    await pause(null);
    await world.aws.faults({ kind: 'latency', ms: 40 });
    const run = tryNow(transitionId);
    await until(async () => (await countTransition(transitionId)).apps.done === 3);
    await pause(new Date());
    await run;
    await world.aws.faults();
    expect((await pageOf(key)).transition).toMatchObject({ finishedAt: null, attempts: 0, failure: null });
    await pause(null);
    await tryNow(transitionId);
    expect((await pageOf(key)).transition.finishedAt).not.toBeNull();
  });
});

describe('a revert', () => {
  it('takes everything to the platform key, and ends the key with its choice of apps kept', async () => {
    const chosen = await db().configurationApp.count();
    const { transitionId } = await beginRevert(key);
    await tryNow(transitionId);
    expect(await pageOf(key)).toMatchObject({ state: 'reverted', status: 'reverted', appsUnderKey: 0 });
    expect(await takeCensus(key.tenant.id)).toMatchObject({ open: records, wrappedBy: { platform: 12 } });
    const row = await db().enterpriseKey.findUniqueOrThrow({
      where: { id: key.keyId },
      include: { configurations: true },
    });
    expect(row.currentVersionId).toBeNull();
    expect(row.revertedAt).not.toBeNull();
    expect(row.configurations.map((one) => one.standing)).toEqual(['superseded']);
    expect(await db().configurationApp.count()).toBe(chosen);
    expect(await events('finish-revert')).toBe(1);
  });

  it('that leaves something behind stays reverting, says so, and ends once it can', async () => {
    await world.aws.kms('DisableKey', { KeyId: world.aws.keyArn });
    const { transitionId } = await beginRevert(key);
    await tryNow(transitionId);
    const { state, transition } = await pageOf(key);
    expect(state).toBe('reverting');
    expect(transition).toMatchObject({
      apps: { done: 3 },
      dataKeys: { failed: 9, left: 0 },
      failure: { code: 'key-revoked' },
    });
    expect(await events('revert-failed')).toBe(1);
    await world.aws.kms('EnableKey', { KeyId: world.aws.keyArn });
    await tryNow(transitionId);
    expect((await pageOf(key)).state).toBe('reverted');
    expect(await takeCensus(key.tenant.id)).toMatchObject({ open: records, wrappedBy: { platform: 12 } });
  });
});

async function calls(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const call of await world.aws.calls()) {
    const { eventName, errorCode } = call as { eventName: string; errorCode?: string };
    if (!errorCode && eventName !== 'AssumeRole') counts[eventName] = (counts[eventName] ?? 0) + 1;
  }
  return counts;
}

async function revisions(): Promise<[string, number][]> {
  const rows = await db().appRecord.findMany({ where: { tenantId: key.tenant.id }, orderBy: { id: 'asc' } });
  return rows.map((row) => [row.id, row.revision]);
}

function events(operation: string): Promise<number> {
  return db().auditEvent.count({ where: { tenantId: key.tenant.id, operation } });
}
