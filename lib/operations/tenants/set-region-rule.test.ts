import { afterAll, beforeAll, expect, it } from 'vitest';
import { db } from '../../db/client.ts';
import { makeActiveKey } from '../../jobs/testing/active-key.ts';
import { listHistory } from '../history/list-history.ts';
import { readEnterpriseKey } from '../keys/read-enterprise-key.ts';
import { readSetup } from '../setup/read-setup.ts';
import { scheduleKey } from '../setup/schedule-key.ts';
import { draft, save, test } from '../testing/walk.ts';
import { makeWorld, must, type World } from '../testing/world.ts';
import { readTenant } from './read-tenant.ts';
import { setRegionRule } from './set-region-rule.ts';

let world: World;

beforeAll(async () => {
  world = await makeWorld({ apps: 1, recordsPerApp: 0 });
  await world.applyPolicies();
}, 60_000);
afterAll(() => world?.close());

const setRule = async (tenantId: string, regionPolicy: 'refuse' | 'warn') =>
  must(await setRegionRule(world.callers.operator, { tenantId, regionPolicy }));
/** As if the tenant's data lay elsewhere: its keys in us-east-1 are then outside of its home region. */
const moveHome = (tenantId: string) =>
  db().tenant.update({ where: { id: tenantId }, data: { homeRegion: 'eu-central-1' } });

it('is written into the tenant’s own history, and shown to it', async () => {
  const tenantId = world.acme.id;
  await setRule(tenantId, 'warn');
  await setRule(tenantId, 'refuse');
  const { events } = must(await listHistory(world.callers.admin, { operation: 'set-region-rule' }));
  expect(events).toMatchObject([
    { target: tenantId, actorRole: 'operator', before: { regionPolicy: 'warn' }, after: { regionPolicy: 'refuse' } },
    { target: tenantId, before: { regionPolicy: 'refuse' }, after: { regionPolicy: 'warn' } },
  ]);
  const keyId = await draft(world);
  expect(must(await readSetup(world.callers.admin, { keyId })).tenant.regionPolicy).toBe('refuse');
  expect(must(await readEnterpriseKey(world.callers.admin, { keyId })).details.regionPolicy).toBe('refuse');
});

it('a test that warned no longer opens the way once the rule refuses, and a new one fails', async () => {
  const { id } = world.acme;
  await moveHome(id);
  await setRule(id, 'warn');
  const keyId = await draft(world);
  expect((await test(world.callers.admin, keyId)).find((check) => check.id === 'region')?.outcome).toBe('warning');
  await save(world.callers.admin, keyId, { step: 'date', values: { choice: 'now' } });
  expect(must(await readSetup(world.callers.admin, { keyId })).obstacles).toEqual([]);
  await setRule(id, 'refuse');
  const { key, obstacles } = must(await readSetup(world.callers.admin, { keyId }));
  expect(obstacles).toMatchObject([{ step: 'connect', text: expect.stringContaining('eu-central-1') }]);
  expect(
    await scheduleKey(world.callers.admin, { keyId, revision: key.revision, acknowledged: ['region'] }),
  ).toMatchObject({ ok: false, error: { details: { step: 'connect' } } });
  expect((await test(world.callers.admin, keyId)).find((check) => check.id === 'region')?.outcome).toBe('failed');
}, 60_000);

it('changes nothing about a key that is active, and says which lie elsewhere', async () => {
  const key = await makeActiveKey(world, 'Elsewhere', { apps: 1, keysPerApp: 1, recordsPerKey: 1 });
  await moveHome(key.tenant.id);
  await setRule(key.tenant.id, 'refuse');
  const view = must(await readEnterpriseKey(key.admin, { keyId: key.keyId }));
  expect(view).toMatchObject({ state: 'active', health: { state: 'healthy' }, appsUnderKey: 1 });
  expect(must(await readTenant(world.callers.support, { tenantId: key.tenant.id })).regionRule).toEqual({
    regionPolicy: 'refuse',
    elsewhere: [view.alias],
  });
}, 60_000);
