import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Selection } from '../../db/app-store.ts';
import { db } from '../../db/client.ts';
import { type ActiveKey, makeActiveKey } from '../../jobs/testing/active-key.ts';
import { takeCensus } from '../../jobs/testing/census.ts';
import { openTo, tryNow } from '../../jobs/testing/due-key.ts';
import { cachedSource } from '../../keyring/keyring.ts';
import { readEnterpriseKey } from '../keys/read-enterprise-key.ts';
import { readSetup } from '../setup/read-setup.ts';
import { prepareTested, revisionOf } from '../testing/rotation.ts';
import { activate, draft, schedule } from '../testing/walk.ts';
import { makeCaller, makeTenant, makeWorld, must, storeRecords, type World } from '../testing/world.ts';
import { listSelectableApps } from './list-selectable-apps.ts';
import { updateApps } from './update-apps.ts';

let world: World;
let n = 0;

beforeAll(async () => {
  world = await makeWorld({ apps: 1, recordsPerApp: 0 });
}, 60_000);
afterAll(() => world?.close());

type Owner = { admin: ActiveKey['admin']; keyId: string };
const page = async ({ admin, keyId }: Owner) => must(await readEnterpriseKey(admin, { keyId }));
const change = async ({ admin, keyId }: Owner, selection: Selection) =>
  updateApps(admin, { keyId, revision: await revisionOf(admin, keyId), selection });
const selectedOf = async (owner: Owner) => (await page(owner)).apps.filter((app) => app.selected).length;

describe('before the enforcement', () => {
  it('a draft and a scheduled key change their choice without a test, and nothing moves', async () => {
    const tenant = await makeTenant(`Choosing ${++n}`, { apps: 3, recordsPerApp: 1 });
    const admin = await makeCaller('admin', tenant.id);
    await openTo(world, tenant);
    const owner = { admin, keyId: await draft(world, admin) };
    const but = (index: number): Selection => ({ mode: 'all-except', ids: [tenant.apps[index]?.id ?? ''] });
    expect(must(await change(owner, but(0)))).toEqual({ transitionId: null, added: 0, removed: 1 });
    expect(must(await readSetup(admin, owner)).selection.selected).toBe(2);
    await schedule(world, owner.keyId, admin);
    expect(must(await change(owner, but(1)))).toEqual({ transitionId: null, added: 1, removed: 1 });
    expect(await page(owner)).toMatchObject({ state: 'scheduled', hasWorkingCopy: false, appsSelected: 2 });
    const none = await change(owner, { mode: 'only', ids: [] });
    expect(none).toMatchObject({ ok: false, error: { code: 'no-apps-selected' } });
    await activate(owner.keyId);
    const after = await page(owner);
    expect(after.apps.map((app) => app.protectedBy.kind)).toEqual(['version', 'platform', 'version']);
  }, 60_000);
});

describe('after it', () => {
  let key: ActiveKey;
  const appId = (index: number) => key.tenant.apps[index]?.id ?? '';
  beforeEach(async () => {
    key = await makeActiveKey(world, `Changing ${++n}`, { apps: 3, keysPerApp: 2, recordsPerKey: 2 });
  }, 60_000);

  it('a removed app returns to the platform key, and opens with the CMK disabled; added again it goes the way of activation', async () => {
    const first = must(await change(key, { mode: 'all-except', ids: [appId(0)] }));
    expect(first).toMatchObject({ added: 0, removed: 1 });
    const source = cachedSource();
    await source.current({ tenantId: key.tenant.id, appId: appId(0) }, 1);
    expect([...source.rows.values()].map((row) => row.keyVersionId)).toEqual([null]);
    await activate(key.keyId);
    expect(await page(key)).toMatchObject({
      state: 'active',
      transition: { kind: 'select-apps', phase: 'done' },
      appsUnderKey: 2,
    });
    expect((await page(key)).apps.map((app) => app.wrappedBy.map((one) => one.label))).toEqual([
      ['Platform key'],
      ['Version 1'],
      ['Version 1'],
    ]);
    await world.aws.kms('DisableKey', { KeyId: world.aws.keyArn });
    expect(await takeCensus(key.tenant.id)).toMatchObject({ records: 12, open: 4 });
    await world.aws.kms('EnableKey', { KeyId: world.aws.keyArn });

    expect(must(await change(key, { mode: 'all' }))).toMatchObject({ added: 1, removed: 0 });
    await activate(key.keyId);
    const after = await page(key);
    expect(after.transition).toMatchObject({ kind: 'select-apps', records: { total: 4, done: 4 } });
    // What was under the platform key once can be opened from older backups: those 12 of the activation, and these 4.
    expect(after).toMatchObject({ appsUnderKey: 3, backups: { records: expect.any(Number) } });
    expect(await takeCensus(key.tenant.id)).toMatchObject({
      open: 12,
      wrappedBy: { [key.versionId]: expect.any(Number) },
    });
  }, 60_000);

  it('both at once are one transition', async () => {
    must(await change(key, { mode: 'only', ids: [appId(0)] }));
    await activate(key.keyId);
    const both = must(await change(key, { mode: 'only', ids: [appId(1), appId(2)] }));
    expect(both).toMatchObject({ added: 2, removed: 1, transitionId: expect.any(String) });
    await activate(key.keyId);
    expect((await page(key)).apps.map((app) => app.protectedBy.kind)).toEqual(['platform', 'version', 'version']);
    expect(await takeCensus(key.tenant.id)).toMatchObject({ records: 12, open: 12 });
  }, 60_000);

  it('what changes nothing moves nothing', async () => {
    const before = await page(key);
    expect(must(await change(key, { mode: 'all' }))).toEqual({ transitionId: null, added: 0, removed: 0 });
    expect((await page(key)).revision).toBe(before.revision);
  });

  it('a prepared rotation keeps the choice that stands when it is rotated to', async () => {
    await prepareTested(key.admin, key.keyId, { keyArn: world.aws.keyArn, roleArn: world.aws.roleArn });
    must(await change(key, { mode: 'all-except', ids: [appId(2)] }));
    expect(await selectedOf(key)).toBe(2);
    const apps = must(await listSelectableApps(key.admin, { keyId: key.keyId }));
    expect(apps.map((app) => app.selected)).toEqual([true, true, false]);
  }, 60_000);

  it('is refused where nothing would be left, and for an app of another key', async () => {
    const none = await change(key, { mode: 'only', ids: [] });
    const reason = expect.stringContaining('Revert to None');
    expect(none).toMatchObject({ ok: false, error: { code: 'no-apps-selected', details: { reason } } });
    must(await change(key, { mode: 'all-except', ids: [appId(0)] }));
    await activate(key.keyId);
    const other = await draft(world, key.admin);
    must(await change({ ...key, keyId: other }, { mode: 'only', ids: [appId(0)] }));
    await schedule(world, other, key.admin);
    const taken = await change(key, { mode: 'all' });
    const details = { apps: [key.tenant.apps[0]?.name] };
    expect(taken).toMatchObject({ ok: false, error: { code: 'app-taken', details } });
    expect((await page(key)).appsUnderKey).toBe(2);
  }, 60_000);

  it('is refused while the key cannot be reached, with the reason, whatever the cache still holds', async () => {
    await storeRecords({ tenantId: key.tenant.id, appId: appId(0) }, 1);
    await world.aws.kms('DisableKey', { KeyId: world.aws.keyArn });
    const refused = await change(key, { mode: 'all-except', ids: [appId(0)] });
    const reason = expect.stringContaining('The key is disabled.');
    expect(refused).toMatchObject({ ok: false, error: { code: 'key-revoked', details: { reason } } });
    expect(await page(key)).toMatchObject({ appsUnderKey: 3, health: { state: 'revoked' } });
    await world.aws.kms('EnableKey', { KeyId: world.aws.keyArn });
    must(await change(key, { mode: 'all-except', ids: [appId(0)] }));
  }, 60_000);

  it('takes along what a stuck transition had left to do', async () => {
    const moved = must(await change(key, { mode: 'all-except', ids: [appId(0)] }));
    await db().transition.update({
      where: { id: moved.transitionId ?? '' },
      data: { failureCode: 'key-outage', failureDetail: 'x', nextTryAt: new Date(Date.now() + 60_000) },
    });
    const next = must(await change(key, { mode: 'only', ids: [appId(1)] }));
    await tryNow(next.transitionId ?? '');
    const after = await page(key);
    expect(after.apps.map((app) => app.wrappedBy.map((one) => one.label))).toEqual([
      ['Platform key'],
      ['Version 1'],
      ['Platform key'],
    ]);
    expect(await takeCensus(key.tenant.id)).toMatchObject({ records: 12, open: 12 });
  }, 60_000);
});
