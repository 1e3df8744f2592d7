import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeActiveKey } from '../../jobs/testing/active-key.ts';
import { decryptItems } from '../data/decrypt-items.ts';
import { encryptItems } from '../data/encrypt-items.ts';
import { leaseDataKey } from '../data/lease-data-key.ts';
import { listHistory } from '../history/list-history.ts';
import { listEnterpriseKeys } from '../keys/list-enterprise-keys.ts';
import { readEnterpriseKey } from '../keys/read-enterprise-key.ts';
import { makeWorld, must, type World } from '../testing/world.ts';
import { setCacheTime } from './set-cache-time.ts';

let world: World;

beforeAll(async () => {
  world = await makeWorld({ apps: 1, recordsPerApp: 0 });
}, 60_000);
afterAll(() => world?.close());

const unwrappings = async () => (await world.aws.calls()).filter((call) => call.eventName === 'Decrypt').length;

describe('the time for which an unwrapped data key may serve', () => {
  it('holds for copies that are cached already: at 0 seconds each request asks the key', async () => {
    const key = await makeActiveKey(world, 'Caching', { apps: 1, keysPerApp: 1, recordsPerKey: 1 });
    const token = await world.makeTokenCaller(key.tenant.id, ['encrypt', 'decrypt']);
    const appId = key.tenant.apps[0]?.id ?? '';
    const sealed = must(await encryptItems(token, { appId, items: [{ plaintext: 'aGVsbG8=', context: {} }] })).items[0];
    const items = [{ envelope: sealed && 'envelope' in sealed ? sealed.envelope : '', context: {} }];
    const open = async () =>
      expect(must(await decryptItems(token, { appId, items })).items).toEqual([{ plaintext: 'aGVsbG8=' }]);
    await open();
    const warm = await unwrappings();
    await open();
    expect(await unwrappings()).toBe(warm);
    must(await setCacheTime(key.admin, { seconds: 0 }));
    await open();
    await open();
    expect(await unwrappings()).toBe(warm + 2);
    must(await setCacheTime(key.admin, { seconds: 3_600 }));
    await open();
    const again = await unwrappings();
    await open();
    expect(await unwrappings()).toBe(again);

    expect(must(await listEnterpriseKeys(key.admin, {})).tenant.cacheTtlSeconds).toBe(3_600);
    const { events } = must(await listHistory(key.admin, { operation: 'set-cache-time' }));
    expect(events.map((event) => [event.before, event.after])).toEqual([
      [{ cacheTtlSeconds: 0 }, { cacheTtlSeconds: 3_600 }],
      [{ cacheTtlSeconds: 60 }, { cacheTtlSeconds: 0 }],
    ]);
  }, 60_000);

  it('does not shorten a lease that was handed out, and the console says how long that one serves yet', async () => {
    const key = await makeActiveKey(world, 'Leasing', { apps: 1, keysPerApp: 1, recordsPerKey: 1 });
    const token = await world.makeTokenCaller(key.tenant.id, ['lease']);
    const tenantSeen = async () => must(await listEnterpriseKeys(key.admin, {})).tenant;
    expect(await tenantSeen()).not.toHaveProperty('leasesServeSeconds');
    must(await setCacheTime(key.admin, { seconds: 3_600 }));
    must(await leaseDataKey(token, { appId: key.tenant.apps[0]?.id ?? '' }));
    must(await setCacheTime(key.admin, { seconds: 60 }));
    const { cacheTtlSeconds, leasesServeSeconds } = await tenantSeen();
    expect(cacheTtlSeconds).toBe(60);
    expect(leasesServeSeconds).toBeGreaterThan(3_500);
    expect(leasesServeSeconds).toBeLessThanOrEqual(3_600);
    const page = must(await readEnterpriseKey(key.admin, { keyId: key.keyId }));
    expect(page.tenant.leasesServeSeconds).toBeGreaterThan(3_500);
  }, 60_000);

  it.each([-1, 3_601, 0.5])('is never %d seconds', async (seconds) => {
    const answer = await setCacheTime(world.callers.admin, { seconds });
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'invalid-input', fields: { seconds: expect.any(String) } },
    });
  });
});
