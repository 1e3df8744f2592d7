import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db } from '../../db/client.ts';
import { type ActiveKey, makeActiveKey, makeOtherKey } from '../../jobs/testing/active-key.ts';
import { takeCensus } from '../../jobs/testing/census.ts';
import { tryNow } from '../../jobs/testing/due-key.ts';
import { cachedSource } from '../../keyring/keyring.ts';
import { readEnterpriseKey } from '../keys/read-enterprise-key.ts';
import { revisionOf } from '../testing/rotation.ts';
import { activate, draft, save, schedule } from '../testing/walk.ts';
import { makeWorld, must, type World } from '../testing/world.ts';
import { assignApp } from './assign-app.ts';
import { listApps } from './list-apps.ts';
import { planAssignment } from './plan-assignment.ts';
import { readApp } from './read-app.ts';
import { updateApps } from './update-apps.ts';

let world: World;
let n = 0;
let key: ActiveKey;
/** A second active key, on another CMK, with the last of four apps. */
let other: { keyId: string; versionId: string; keyArn: string };

beforeAll(async () => {
  world = await makeWorld({ apps: 1, recordsPerApp: 0 });
}, 60_000);
afterAll(() => world?.close());

beforeEach(async () => {
  key = await makeActiveKey(world, `Assigning ${++n}`, { apps: 4, keysPerApp: 2, recordsPerKey: 2 });
  const { admin } = key;
  must(
    await updateApps(admin, {
      keyId: key.keyId,
      revision: await revision(key.keyId),
      selection: { mode: 'only', ids: [app(0), app(1)] },
    }),
  );
  await activate(key.keyId);
  const keyArn = await makeOtherKey(world, key);
  const keyId = await draft(world, admin);
  await save(admin, keyId, { step: 'connect', values: { keyArn, roleArn: world.aws.roleArn } });
  await save(admin, keyId, { step: 'apps', values: { mode: 'only', ids: [app(3)] } });
  await schedule(world, keyId, admin);
  await activate(keyId);
  const { currentVersionId } = await db().enterpriseKey.findUniqueOrThrow({ where: { id: keyId } });
  other = { keyId, keyArn, versionId: currentVersionId ?? '' };
}, 120_000);

const app = (index: number) => key.tenant.apps[index]?.id ?? '';
const revision = (keyId: string) => revisionOf(key.admin, keyId);
const seen = async (keyId: string | null) => (keyId ? { keyId, revision: await revision(keyId) } : null);
const assign = async (appId: string, from: string | null, to: string | null) =>
  assignApp(key.admin, { appId, from: await seen(from), to: await seen(to) });
const labels = async (appId: string) => must(await readApp(key.admin, { appId })).wrappedBy.map((one) => one.label);
const census = () => takeCensus(key.tenant.id);
const refused = (words: RegExp) => ({ ok: false, error: { details: { reason: expect.stringMatching(words) } } });

describe('an app is put under another key', () => {
  it('straight from one key to the other: what it stored opens without the first, and not without the second', async () => {
    const { alias } = must(await readEnterpriseKey(key.admin, { keyId: other.keyId }));
    const before = await census();
    must(await assign(app(0), key.keyId, other.keyId));
    const source = cachedSource();
    await source.current({ tenantId: key.tenant.id, appId: app(0) }, 1);
    expect([...source.rows.values()].map((row) => row.keyVersionId)).toEqual([other.versionId]);
    await activate(other.keyId);
    expect(await labels(app(0))).toEqual([`Version 1 of ${alias}`]);
    expect(await census()).toMatchObject({ records: before.records, open: before.records });
    const pages = await Promise.all(
      [key.keyId, other.keyId].map(async (keyId) => must(await readEnterpriseKey(key.admin, { keyId }))),
    );
    expect(pages.map((page) => [page.appsUnderKey, page.appsSelected, page.transition?.kind])).toEqual([
      [1, 1, 'select-apps'],
      [2, 2, 'select-apps'],
    ]);
    expect(pages[1]?.transition?.records).toMatchObject({ total: 4, done: 4 });
    await world.aws.kms('DisableKey', { KeyId: world.aws.keyArn });
    // Of sixteen records the four of the one app that is left under the first key do not open.
    expect(await census()).toMatchObject({ records: 16, open: 12 });
    await world.aws.kms('EnableKey', { KeyId: world.aws.keyArn });
    await world.aws.kms('DisableKey', { KeyId: other.keyArn });
    expect(await census()).toMatchObject({ open: 8 });
    await world.aws.kms('EnableKey', { KeyId: other.keyArn });
  }, 120_000);

  it('from the platform key, and back to it', async () => {
    must(await assign(app(2), null, other.keyId));
    await activate(other.keyId);
    expect((await labels(app(2)))[0]).toMatch(/^Version 1 of/);
    must(await assign(app(2), other.keyId, null));
    await activate(other.keyId);
    expect(await labels(app(2))).toEqual(['Platform key']);
    const { apps } = must(await listApps(key.admin, {}));
    expect(apps.map((row) => row.protectedBy.kind)).toEqual(['version', 'version', 'platform', 'version']);
    expect(await census()).toMatchObject({ records: 16, open: 16 });
  }, 120_000);

  it('the plan says no fewer calls than the command and its transition make', async () => {
    const plan = must(await planAssignment(key.admin, { appId: app(0), to: other.keyId }));
    expect(plan).toMatchObject({ refusal: null, apps: 1, dataKeysToRewrap: 2, recordsToReencrypt: 4 });
    const before = (await world.aws.calls()).length;
    must(await assign(app(0), key.keyId, other.keyId));
    await activate(other.keyId);
    const kms = (await world.aws.calls())
      .slice(before)
      .filter((call) => /^(Encrypt|Decrypt|Generate)/.test(String(call.eventName)));
    expect(kms.length).toBeGreaterThan(0);
    expect(kms.length).toBeLessThanOrEqual(plan.kmsCalls.total);
  }, 120_000);

  it('takes along what a stuck transition of the key that it leaves had left to do', async () => {
    must(
      await updateApps(key.admin, {
        keyId: key.keyId,
        revision: await revision(key.keyId),
        selection: { mode: 'only', ids: [app(0), app(1), app(2)] },
      }),
    );
    const stuck = await db().transition.findFirstOrThrow({
      where: { keyId: key.keyId, finishedAt: null, cancelledAt: null },
    });
    await db().transition.update({
      where: { id: stuck.id },
      data: {
        startedAt: new Date(),
        failureCode: 'key-outage',
        failureDetail: 'x',
        nextTryAt: new Date(Date.now() + 60_000),
      },
    });
    must(await assign(app(2), key.keyId, other.keyId));
    await activate(other.keyId);
    await tryNow(stuck.id);
    expect((await labels(app(2))).every((label) => label.startsWith('Version 1 of'))).toBe(true);
    expect((await db().transition.findUniqueOrThrow({ where: { id: stuck.id } })).finishedAt).not.toBeNull();
    expect(await census()).toMatchObject({ records: 16, open: 16 });
  }, 120_000);
});

describe('it is refused, and the page says why before', () => {
  const reasonOf = async (appId: string, to: string | null) =>
    must(await readApp(key.admin, { appId })).choices.find((choice) => choice.keyId === to)?.reason;

  it('for the last app of a key, for what is there already, and for a key that is not active', async () => {
    expect(await assign(app(3), other.keyId, key.keyId)).toMatchObject(refused(/only app under/));
    expect(await reasonOf(app(3), null)).toMatch(/Revert to None/);
    expect(await assign(app(0), key.keyId, key.keyId)).toMatchObject(refused(/already/));
    const draftId = await draft(world, key.admin);
    expect(await assign(app(0), key.keyId, draftId)).toMatchObject(refused(/draft/));
    expect(await reasonOf(app(0), draftId)).toMatch(/draft/);
    expect(await reasonOf(app(0), key.keyId)).toBeNull();
  }, 60_000);

  it('away from an irreversible key, but to another irreversible one', async () => {
    await db().enterpriseKey.update({ where: { id: key.keyId }, data: { irreversibleAt: new Date() } });
    expect(await assign(app(0), key.keyId, null)).toMatchObject(refused(/irreversible/));
    expect(await reasonOf(app(0), null)).toMatch(/irreversible/);
    expect(await assign(app(0), key.keyId, other.keyId)).toMatchObject(refused(/Make that key irreversible first/));
    await db().enterpriseKey.update({ where: { id: other.keyId }, data: { irreversibleAt: new Date() } });
    must(await assign(app(0), key.keyId, other.keyId));
  }, 60_000);

  it('where the app is chosen for a key whose date has not come', async () => {
    const keyId = await draft(world, key.admin);
    await save(key.admin, keyId, { step: 'apps', values: { mode: 'only', ids: [app(2)] } });
    await schedule(world, keyId, key.admin);
    expect(await assign(app(2), null, other.keyId)).toMatchObject(refused(/whose enforcement date has not come/));
  }, 60_000);

  it('while either key cannot be reached, whatever the cache still holds', async () => {
    for (const keyArn of [world.aws.keyArn, other.keyArn]) {
      await world.aws.kms('DisableKey', { KeyId: keyArn });
      const answer = await assign(app(0), key.keyId, other.keyId);
      expect(answer).toMatchObject({ ...refused(/cannot be reached now/), error: { code: 'key-revoked' } });
      await world.aws.kms('EnableKey', { KeyId: keyArn });
    }
    expect((await census()).open).toBe(16);
  }, 60_000);

  it('while a key transition of either is under way, and after somebody else has changed one of them', async () => {
    must(await assign(app(0), key.keyId, other.keyId));
    await db().transition.updateMany({
      where: { keyId: other.keyId, finishedAt: null },
      data: { startedAt: new Date() },
    });
    expect(await assign(app(1), key.keyId, other.keyId)).toMatchObject(refused(/under way|only app/));
    await activate(other.keyId);
    const late = await assignApp(key.admin, { appId: app(2), from: null, to: { keyId: other.keyId, revision: 1 } });
    expect(late).toMatchObject({
      ok: false,
      error: { code: 'conflict', details: { change: 'moved an app to or from it' } },
    });
    const moved = await assign(app(0), key.keyId, other.keyId);
    expect(moved).toMatchObject({ ok: false, error: { code: 'conflict' } });
  }, 60_000);
});
