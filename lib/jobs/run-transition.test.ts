import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db } from '../db/client.ts';
import { makeWorld, type World } from '../operations/testing/world.ts';
import { takeCensus } from './testing/census.ts';
import { type DueKey, makeDueKey, pageOf, tryNow } from './testing/due-key.ts';
import { expectItFinishes } from './testing/expect-whole.ts';

type Fault = Parameters<World['aws']['faults']>[0];

const records = 3 * 2 * 3;
let world: World;
let tenants = 0;
let due: DueKey;

beforeAll(async () => {
  world = await makeWorld({ recordsPerApp: 0 });
});
afterAll(() => world?.close());
beforeEach(async () => {
  due = await makeDueKey(world, `Tenant ${++tenants}`);
});

describe('AWS fails at the enforcement date, before anything was switched', { timeout: 90_000 }, () => {
  const faults: [string, Fault, RegExp][] = [
    ['is silent', { kind: 'silence', service: 'kms' }, /./],
    ['throttles nine calls of ten', { kind: 'throttle', rate: 0.9 }, /./],
    ['answers with another KeyId', { kind: 'wrong-key-id' }, /different key/],
    ['answers with another key’s plaintext', { kind: 'wrong-plaintext' }, /./],
    ['refuses', { kind: 'error', service: 'kms', name: 'AccessDeniedException' }, /./],
  ];
  it.each(faults)(
    '%s: everything stays on the platform key, and the page says why and when next',
    async (_, fault, why) => {
      await world.aws.faults(fault);
      await tryNow(due.transitionId);
      const page = await pageOf(due);
      expect(page).toMatchObject({ state: 'scheduled', status: 'activating', versionNumber: null, appsUnderKey: 0 });
      expect(page.transition).toMatchObject({
        phase: 'testing',
        attempts: 1,
        apps: { done: 0 },
        failure: { code: 'test-required' },
      });
      expect(page.transition.failure?.detail).toMatch(why);
      expect(Date.parse(page.transition.nextTryAt ?? '')).toBeGreaterThan(Date.now());
      expect(page.apps.map((app) => app.protectedBy.kind)).toEqual(['platform', 'platform', 'platform']);
      await world.aws.faults();
      const census = { records, open: records, dataKeys: 6, wrappedBy: { platform: 6 }, underOldKeys: records / 2 };
      expect(await takeCensus(due.tenant.id)).toEqual(census);
      await expectItFinishes(due, records);
    },
  );

  it('tells of the same failure once, however often it is tried', async () => {
    await world.aws.faults({ kind: 'error', service: 'sts', name: 'InternalFailure', status: 500 });
    for (let n = 0; n < 3; n++) await tryNow(due.transitionId);
    expect((await pageOf(due)).transition.attempts).toBe(3);
    expect(await alerts('activation-failed')).toBe(1);
    await world.aws.faults();
    await expectItFinishes(due, records);
  });
});

function alerts(operation: string): Promise<number> {
  return db().auditEvent.count({ where: { tenantId: due.tenant.id, operation } });
}
