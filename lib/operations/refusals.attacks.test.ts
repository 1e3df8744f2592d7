/** A token that can do nothing here fills no history: what was tried, and how many rows it made. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { repeatedIn } from '../byok/repeated-refusals.ts';
import { db } from '../db/client.ts';
import { flushEndedRefusals } from '../db/refusal-counts.ts';
import { leaseDataKey } from './data/lease-data-key.ts';
import { listHistory } from './history/list-history.ts';
import { readTenant } from './tenants/read-tenant.ts';
import { makeWorld, type World } from './testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld({ recordsPerApp: 0, apps: 1 });
});
afterAll(() => world?.close());

it('1,500 refusals of one token are an event for each kind at once, and one with the count when the minute ends', async () => {
  const before = await db().auditEvent.count();
  const tries = Array.from({ length: 500 }, () => [
    () => listHistory(world.callers.token, {}),
    () => readTenant(world.callers.token, { tenantId: randomUUID() }),
    () => leaseDataKey(world.callers.token, { appId: randomUUID() }),
  ]).flat();
  for (let at = 0; at < tries.length; at += 50) {
    const answers = await Promise.all(tries.slice(at, at + 50).map((attempt) => attempt()));
    expect(answers.every(({ ok }) => !ok)).toBe(true);
  }
  // Leases of that token may be refused for two reasons: the app is not there, or it asks too often.
  const kinds = await db().refusalCount.count();
  expect(kinds).toBeLessThanOrEqual(6);
  expect((await db().auditEvent.count()) - before).toBe(kinds);
  await db().$executeRaw`UPDATE refusal_count SET ends_at = clock_timestamp()`;
  await flushEndedRefusals();
  const told = await db().auditEvent.findMany({ where: { outcome: 'refused' } });
  const repeats = told.flatMap(({ after }) => repeatedIn(after)?.count ?? []);
  expect(repeats.reduce((sum, count) => sum + count, kinds)).toBe(tries.length);
});
