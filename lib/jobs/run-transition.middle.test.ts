import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db } from '../db/client.ts';
import { makeWorld, type World } from '../operations/testing/world.ts';
import { takeCensus } from './testing/census.ts';
import { type DueKey, makeDueKey, pageOf, stopInTheMiddle, tryNow } from './testing/due-key.ts';
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

describe('AWS fails in the middle', { timeout: 180_000 }, () => {
  beforeEach(() => stopInTheMiddle(world, due));

  const faults: [string, Fault, string, string][] = [
    ['is silent', { kind: 'silence', service: 'kms' }, 'key-outage', 'outage'],
    ['refuses', { kind: 'error', service: 'kms', name: 'AccessDeniedException' }, 'key-revoked', 'revoked'],
    ['answers with another KeyId', { kind: 'wrong-key-id' }, 'cannot-open', 'healthy'],
    ['answers with another key’s plaintext', { kind: 'wrong-plaintext' }, 'cannot-open', 'healthy'],
  ];
  it.each(faults)('%s: it stops, says so, and goes on when all is well again', async (_, fault, code, health) => {
    await world.aws.faults(fault);
    await tryNow(due.transitionId);
    const page = await pageOf(due);
    expect(page).toMatchObject({ state: 'active', health: { state: health } });
    expect(page.transition).toMatchObject({ finishedAt: null, attempts: 1, failure: { code } });
    expect(page.transition.failure?.detail).toMatch(/^\w.*\.$/);
    expect(Date.parse(page.transition.nextTryAt ?? '')).toBeGreaterThan(Date.now());
    await world.aws.faults();
    await expectItFinishes(due, records);
  });

  it('throttles nine calls of ten: whatever gets through, nothing is lost', async () => {
    await world.aws.faults({ kind: 'throttle', rate: 0.9 });
    await tryNow(due.transitionId);
    await world.aws.faults();
    const { open } = await takeCensus(due.tenant.id);
    expect(open).toBe(records);
    await expectItFinishes(due, records);
  });

  it('the key is disabled: stops as revoked, and finishes once it is enabled', async () => {
    await world.aws.kms('DisableKey', { KeyId: world.aws.keyArn });
    await tryNow(due.transitionId);
    const page = await pageOf(due);
    const detail = 'The key is disabled. 6 data keys of 6 could not be moved.';
    expect(page.transition.failure).toEqual({ code: 'key-revoked', detail });
    expect(page.transition.dataKeys).toEqual({ total: 6, done: 0, failed: 6, left: 0 });
    expect(page.health).toMatchObject({ state: 'revoked', cause: 'The key is disabled.' });
    expect(await alerts('key-revoked')).toBe(1);
    await world.aws.kms('EnableKey', { KeyId: world.aws.keyArn });
    await expectItFinishes(due, records);
    expect((await pageOf(due)).health?.state).toBe('healthy');
  });
});

describe('a record that does not open', () => {
  it('is left as it is and named; every other record is rewritten, and the activation waits', async () => {
    const victim = await db().appRecord.findFirstOrThrow({ where: { tenantId: due.tenant.id } });
    const damaged = Uint8Array.from(victim.envelope);
    damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1;
    await db().appRecord.update({ where: { id: victim.id }, data: { envelope: damaged } });
    await tryNow(due.transitionId);
    const { transition } = await pageOf(due);
    expect(transition).toMatchObject({ phase: 'reencrypting', finishedAt: null, failure: { code: 'cannot-open' } });
    expect(transition.failure?.detail).toContain(victim.id);
    expect(transition.records).toEqual({ total: records, done: records - 1, failed: 1, left: 0 });
    const kept = await db().appRecord.findUniqueOrThrow({ where: { id: victim.id } });
    expect(Buffer.from(kept.envelope).equals(damaged)).toBe(true);
    await db().appRecord.update({ where: { id: victim.id }, data: { envelope: victim.envelope } });
    await expectItFinishes(due, records);
  });
});

function alerts(operation: string): Promise<number> {
  return db().auditEvent.count({ where: { tenantId: due.tenant.id, operation } });
}
