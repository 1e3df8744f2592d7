import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ActiveKey, makeActiveKey, makeOtherKey } from '../../jobs/testing/active-key.ts';
import { planChange } from '../apps/plan-change.ts';
import { updateApps } from '../apps/update-apps.ts';
import { listHistory } from '../history/list-history.ts';
import { revisionOf, rotate } from '../testing/rotation.ts';
import { activate } from '../testing/walk.ts';
import { makeCaller, makeTenant, makeWorld, must, type World } from '../testing/world.ts';
import { createKey } from './create-key.ts';
import { listEnterpriseKeys } from './list-enterprise-keys.ts';
import { makeIrreversible } from './make-irreversible.ts';
import { readEnterpriseKey } from './read-enterprise-key.ts';
import { revertKey } from './revert-key.ts';

let world: World;
let n = 0;

beforeAll(async () => {
  world = await makeWorld({ apps: 1, recordsPerApp: 0 });
}, 60_000);
afterAll(() => world?.close());

const active = () => makeActiveKey(world, `Committing ${++n}`, { apps: 3, keysPerApp: 1, recordsPerKey: 2 });
const page = async ({ admin, keyId }: ActiveKey) => must(await readEnterpriseKey(admin, { keyId }));
const at = async ({ admin, keyId }: ActiveKey) => ({ keyId, revision: await revisionOf(admin, keyId) });
const commitment = async (key: ActiveKey) => makeIrreversible(key.admin, { scope: 'key', ...(await at(key)) });
const without = (key: ActiveKey, ...out: number[]) => ({
  mode: 'all-except' as const,
  ids: out.map((index) => key.tenant.apps[index]?.id ?? ''),
});
const refused = {
  ok: false,
  error: { code: 'not-allowed-in-state', details: { reason: expect.stringMatching(/irreversible/) } },
};

describe('a key that was made irreversible', () => {
  let key: ActiveKey;
  beforeAll(async () => {
    key = await active();
    must(await commitment(key));
  }, 60_000);

  it('says so with its date and by whom, and in the history', async () => {
    const view = await page(key);
    expect(view).toMatchObject({
      irreversible: true,
      details: { commitment: { scope: 'key', at: expect.any(String), by: expect.stringMatching(/^admin-/) } },
    });
    const { events } = must(await listHistory(key.admin, { operation: 'make-irreversible' }));
    expect(events).toMatchObject([{ outcome: 'done', target: key.keyId, after: { irreversible: true } }]);
    expect(view.commands['make-irreversible']).toMatchObject({ allowed: false });
    expect(await commitment(key)).toMatchObject(refused);
  });

  it('is not reverted, and gives no app back, while the plan says the same beforehand', async () => {
    expect((await page(key)).commands.revert).toMatchObject({ allowed: false });
    expect(await revertKey(key.admin, await at(key))).toMatchObject(refused);
    const selection = without(key, 0);
    expect(await updateApps(key.admin, { ...(await at(key)), selection })).toMatchObject(refused);
    for (const change of [{ kind: 'revert' }, { kind: 'select-apps', selection }] as const)
      expect(must(await planChange(key.admin, { keyId: key.keyId, change })).refusal).toMatch(/irreversible/);
    expect(await page(key)).toMatchObject({ state: 'active', appsUnderKey: 3 });
  });

  it('rotates as before', async () => {
    const keyArn = await makeOtherKey(world, key);
    await rotate(key.admin, key.keyId, { keyArn, roleArn: world.aws.roleArn });
    await activate(key.keyId);
    expect(await page(key)).toMatchObject({ state: 'active', versionNumber: 2, appsUnderKey: 3 });
  }, 60_000);
});

it('an app that was taken off before can come back to the key, and then stays', async () => {
  const key = await active();
  must(await updateApps(key.admin, { ...(await at(key)), selection: without(key, 0) }));
  await activate(key.keyId);
  must(await commitment(key));
  expect(must(await updateApps(key.admin, { ...(await at(key)), selection: { mode: 'all' } }))).toMatchObject({
    added: 1,
  });
  await activate(key.keyId);
  expect(await updateApps(key.admin, { ...(await at(key)), selection: without(key, 0) })).toMatchObject(refused);
}, 60_000);

describe('a tenant’s commitment', () => {
  it('is made before there is a key, holds for keys to come, and binds nothing that is not active', async () => {
    const { id } = await makeTenant(`Committing ${++n}`, { apps: 1 });
    const admin = await makeCaller('admin', id);
    must(await makeIrreversible(admin, { scope: 'tenant' }));
    expect(await makeIrreversible(admin, { scope: 'tenant' })).toMatchObject(refused);
    expect(must(await listEnterpriseKeys(admin, {})).tenant.commitment).toMatchObject({ scope: 'tenant' });
    const { keyId } = must(await createKey(admin, {}));
    expect(must(await readEnterpriseKey(admin, { keyId })).irreversible).toBe(true);
    expect(must(await revertKey(admin, { keyId, revision: 1 }))).toEqual({ state: 'reverted' });
  });

  it('binds a key that is active, and no other tenant’s', async () => {
    const [key, other] = [await active(), await active()];
    must(await makeIrreversible(key.admin, { scope: 'tenant' }));
    expect(await revertKey(key.admin, await at(key))).toMatchObject(refused);
    expect((await page(key)).details.commitment).toMatchObject({ scope: 'tenant' });
    expect((await page(other)).details.commitment).toBeNull();
    expect(must(await revertKey(other.admin, await at(other)))).toEqual({ state: 'reverting' });
  }, 60_000);

  it('waits for a key that is on its way back, and says which', async () => {
    const key = await active();
    must(await revertKey(key.admin, await at(key)));
    const { alias } = await page(key);
    expect(await makeIrreversible(key.admin, { scope: 'tenant' })).toMatchObject({
      ok: false,
      error: { code: 'not-allowed-in-state', details: { reason: expect.stringContaining(`“${alias}”`) } },
    });
    expect(await commitment(key)).toMatchObject({ ok: false, error: { code: 'not-allowed-in-state' } });
    await activate(key.keyId);
    must(await makeIrreversible(key.admin, { scope: 'tenant' }));
  }, 60_000);
});
