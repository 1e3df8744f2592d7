import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { db } from '../../db/client.ts';
import { runTransition } from '../../jobs/run-transition.ts';
import { type ActiveKey, makeActiveKey, makeOtherKey } from '../../jobs/testing/active-key.ts';
import { takeCensus } from '../../jobs/testing/census.ts';
import { makeDueKey, until } from '../../jobs/testing/due-key.ts';
import { cachedSource } from '../../keyring/keyring.ts';
import { listSelectableApps } from '../apps/list-selectable-apps.ts';
import { listHistory } from '../history/list-history.ts';
import { prepareTested, revisionOf, rotate } from '../testing/rotation.ts';
import { activate, draft, schedule } from '../testing/walk.ts';
import { makeCaller, makeTenant, makeWorld, must, type World } from '../testing/world.ts';
import { createKey } from './create-key.ts';
import { listEnterpriseKeys } from './list-enterprise-keys.ts';
import { readEnterpriseKey } from './read-enterprise-key.ts';
import { revertKey } from './revert-key.ts';

let world: World;
let n = 0;

beforeAll(async () => {
  world = await makeWorld({ apps: 1, recordsPerApp: 0 });
}, 60_000);
afterAll(() => world?.close());

const active = (): Promise<ActiveKey> =>
  makeActiveKey(world, `Reverting ${++n}`, { apps: 2, keysPerApp: 2, recordsPerKey: 3 });
const page = async ({ admin, keyId }: Pick<ActiveKey, 'admin' | 'keyId'>) =>
  must(await readEnterpriseKey(admin, { keyId }));
const revert = async ({ admin, keyId }: Pick<ActiveKey, 'admin' | 'keyId'>) =>
  revertKey(admin, { keyId, revision: await revisionOf(admin, keyId) });

describe('before the enforcement', () => {
  it('a draft goes', async () => {
    const admin = await makeCaller('admin', (await makeTenant(`Reverting ${++n}`, { apps: 1 })).id);
    const { keyId } = must(await createKey(admin, {}));
    expect(must(await revert({ admin, keyId }))).toEqual({ state: 'reverted' });
    expect(must(await listEnterpriseKeys(admin, {})).keys).toEqual([]);
  });

  it('a scheduled key is cancelled: nothing ever moves, and what it was stays known', async () => {
    const due = await makeDueKey(world, `Reverting ${++n}`, { apps: 2 });
    expect(must(await revert(due))).toEqual({ state: 'reverted' });
    await runTransition(due.transitionId, new AbortController().signal);
    const after = await page(due);
    expect(after).toMatchObject({ state: 'reverted', status: 'reverted', keyRef: world.aws.keyArn, appsSelected: 2 });
    expect(after).toMatchObject({ appsUnderKey: 0, versions: [], standing: null });
    expect(must(await listSelectableApps(due.admin, { keyId: due.keyId }))).toHaveLength(2);
    const again = await revert(due);
    expect(again).toMatchObject({ ok: false, error: { code: 'not-allowed-in-state' } });
    // Its apps are free for another key.
    const other = await draft(world, due.admin);
    await schedule(world, other, due.admin);
    await activate(other);
    expect(await page({ ...due, keyId: other })).toMatchObject({ state: 'active', appsUnderKey: 2 });
  }, 60_000);

  it('a revert and an activation that is just becoming active: either wins wholly', async () => {
    for (const wait of Array.from({ length: 20 }, (_, i) => 6 * i)) {
      const due = await makeDueKey(world, `Racing ${++n}`, { apps: 2, keysPerApp: 1, recordsPerKey: 1 });
      const revision = await revisionOf(due.admin, due.keyId);
      await world.aws.faults({ kind: 'latency', ms: 4 });
      const run = runTransition(due.transitionId, new AbortController().signal);
      await new Promise((resolve) => setTimeout(resolve, wait));
      const answer = await revertKey(due.admin, { keyId: due.keyId, revision });
      await run;
      await world.aws.faults();
      const after = await page(due);
      const census = await takeCensus(due.tenant.id);
      expect(census).toMatchObject({ records: 2, open: 2 });
      if (answer.ok) {
        expect(after).toMatchObject({ state: 'reverted', appsUnderKey: 0, versions: [] });
        expect(Object.keys(census.wrappedBy)).toEqual(['platform']);
      } else {
        expect(answer.error).toMatchObject({ code: 'conflict', details: { by: 'Keyward', change: 'activated it' } });
        expect(after).toMatchObject({ state: 'active', appsUnderKey: 2, transition: { phase: 'done' } });
        expect(Object.keys(census.wrappedBy)).toEqual([after.versions[0]?.id]);
      }
    }
  }, 120_000);
});

describe('after it', () => {
  it('everything moves back, new data at once; then the data opens without the CMK', async () => {
    const key = await active();
    await prepareTested(key.admin, key.keyId, { keyArn: world.aws.keyArn, roleArn: world.aws.roleArn });
    expect(must(await revert(key))).toEqual({ state: 'reverting' });
    expect(await page(key)).toMatchObject({ status: 'reverting', appsUnderKey: 0 });
    const source = cachedSource();
    for (const app of key.tenant.apps) await source.current({ tenantId: key.tenant.id, appId: app.id }, 1);
    expect([...source.rows.values()].map((row) => row.keyVersionId)).toEqual([null, null]);
    await activate(key.keyId);
    const after = await page(key);
    expect(after).toMatchObject({ state: 'reverted', status: 'reverted', versionNumber: null, backups: null });
    expect(after.versions[0]).toMatchObject({ number: 1, current: false, dataKeys: 0 });
    await world.aws.kms('DisableKey', { KeyId: world.aws.keyArn });
    const census = await takeCensus(key.tenant.id);
    await world.aws.kms('EnableKey', { KeyId: world.aws.keyArn });
    expect(census).toMatchObject({ records: 12, open: 12, wrappedBy: { platform: expect.any(Number) } });
    const { events } = must(await listHistory(key.admin, {}));
    expect(events.find((event) => event.operation === 'revert-key')).toMatchObject({
      before: { state: 'active', version: 1, apps: 2 },
      after: { state: 'reverting', apps: 0 },
      providerRequestIds: expect.arrayContaining([expect.any(String)]),
    });
  }, 60_000);

  it('is refused while a version that data keys still hang on cannot be reached, and goes once it can', async () => {
    const key = await active();
    const otherKeyArn = await makeOtherKey(world, key);
    await rotate(key.admin, key.keyId, { keyArn: otherKeyArn, roleArn: world.aws.roleArn });
    // The rotation is stuck: old data keys still hang on version 1, whose CMK is disabled now.
    await db().transition.updateMany({
      where: { keyId: key.keyId, finishedAt: null },
      data: { failureCode: 'key-revoked' },
    });
    await world.aws.kms('DisableKey', { KeyId: world.aws.keyArn });
    const refused = await revert(key);
    const reason = expect.stringContaining('The key is disabled.');
    expect(refused).toMatchObject({ ok: false, error: { code: 'key-revoked', details: { reason } } });
    expect(await page(key)).toMatchObject({ state: 'rotating', appsUnderKey: 2 });
    await world.aws.kms('EnableKey', { KeyId: world.aws.keyArn });
    expect(must(await revert(key))).toEqual({ state: 'reverting' });
    await activate(key.keyId);
    expect(await takeCensus(key.tenant.id)).toMatchObject({
      records: 12,
      open: 12,
      wrappedBy: { platform: expect.any(Number) },
    });
    expect(await page(key)).toMatchObject({ state: 'reverted' });
  }, 60_000);

  it('is refused in an outage as an outage, and where the key was made irreversible', async () => {
    const key = await active();
    await world.aws.faults({ kind: 'error', service: 'kms', name: 'KMSInternalException', status: 500 });
    expect(await revert(key)).toMatchObject({ ok: false, error: { code: 'key-outage' } });
    await world.aws.faults();
    await db().enterpriseKey.update({ where: { id: key.keyId }, data: { irreversibleAt: new Date() } });
    const reason = expect.stringContaining('irreversible');
    expect(await revert(key)).toMatchObject({
      ok: false,
      error: { code: 'not-allowed-in-state', details: { reason } },
    });
    expect(await page(key)).toMatchObject({ irreversible: true, state: 'active', appsUnderKey: 2 });
  }, 60_000);

  it('is not given up by waiting: the page says that it is under way until it is over', async () => {
    const key = await active();
    must(await revert(key));
    expect((await page(key)).commands.rotate).toMatchObject({
      allowed: false,
      reason: expect.stringMatching(/under way/),
    });
    await activate(key.keyId);
    await until(async () => (await page(key)).state === 'reverted');
  }, 60_000);
});
