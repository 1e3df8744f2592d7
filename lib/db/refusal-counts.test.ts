import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { repeatedIn, repeatedWords } from '../byok/repeated-refusals.ts';
import { appendAudit } from './audit-store.ts';
import { closeDatabase, db, switchDatabase } from './client.ts';
import { flushEndedRefusals, noteRefusal, type RefusedEntry } from './refusal-counts.ts';
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await switchDatabase(database.url);
});
afterAll(async () => {
  await closeDatabase();
  await database?.drop();
});

const entryOf = (more: Partial<RefusedEntry> = {}): RefusedEntry => ({
  tenantId: randomUUID(),
  actor: 'token kwt_abc',
  actorRole: 'service',
  operation: 'lease-data-key',
  outcome: 'refused',
  code: 'forbidden',
  requestId: randomUUID(),
  ...more,
});
const eventsOf = ({ tenantId }: RefusedEntry) =>
  db().auditEvent.findMany({ where: { tenantId }, orderBy: { at: 'asc' } });
/** As if a minute had gone by. */
const endMinutes = () => db().$executeRaw`UPDATE refusal_count SET ends_at = clock_timestamp()`;

describe('refusals of one kind', () => {
  it('make one event at once, and one more when the minute has ended, with the count and the first twenty targets', async () => {
    const entry = entryOf({ target: randomUUID(), providerRequestIds: ['aws-1'] });
    await noteRefusal(entry);
    const [first] = await eventsOf(entry);
    expect(first).toMatchObject({ ...entry, after: null });
    const targets = Array.from({ length: 30 }, () => randomUUID());
    for (const target of targets) await noteRefusal({ ...entry, target });
    await Promise.all(Array.from({ length: 120 }, () => noteRefusal({ ...entry, target: targets[0] ?? '' })));
    expect(await eventsOf(entry)).toHaveLength(1);
    await endMinutes();
    expect(await flushEndedRefusals()).toBeGreaterThanOrEqual(1);
    const [, summed, ...more] = await eventsOf(entry);
    expect(more).toEqual([]);
    expect(summed).toMatchObject({
      actor: entry.actor,
      operation: entry.operation,
      code: 'forbidden',
      outcome: 'refused',
    });
    const repeated = repeatedIn(summed?.after);
    expect(repeated).toMatchObject({ count: 150, targets: targets.slice(0, 20) });
    expect(Date.parse(repeated?.firstAt ?? '')).toBeLessThanOrEqual(Date.parse(repeated?.lastAt ?? ''));
    expect(await db().refusalCount.count({ where: { tenantId: entry.tenantId } })).toBe(0);
  });

  it('begin anew after their minute: what was counted is told before the next first one', async () => {
    const entry = entryOf();
    for (let n = 0; n < 3; n++) await noteRefusal(entry);
    await endMinutes();
    for (let n = 0; n < 3; n++) await noteRefusal(entry);
    const told = await eventsOf(entry);
    expect(told.map(({ after }) => repeatedIn(after)?.count)).toEqual([undefined, 2, undefined]);
  });

  it('that were not repeated make no second event', async () => {
    const entry = entryOf();
    await noteRefusal(entry);
    await endMinutes();
    await flushEndedRefusals();
    expect(await eventsOf(entry)).toHaveLength(1);
  });

  it('are of another kind for another actor, operation, code or tenant', async () => {
    const entry = entryOf();
    for (const more of [{}, { actor: 'b' }, { operation: 'c' }, { code: 'd' }, { outcome: 'failed' as const }])
      await noteRefusal({ ...entry, ...more });
    await noteRefusal({ ...entry, tenantId: null });
    expect(await eventsOf(entry)).toHaveLength(5);
  });
});

describe('the minute’s event is written exactly once', () => {
  it('by many who end it at the same time', async () => {
    const entries = Array.from({ length: 20 }, () => entryOf());
    for (const entry of entries) for (let n = 0; n < 3; n++) await noteRefusal(entry);
    await endMinutes();
    await Promise.all(Array.from({ length: 10 }, () => flushEndedRefusals()));
    while ((await flushEndedRefusals()) > 0);
    for (const entry of entries)
      expect((await eventsOf(entry)).map(({ after }) => repeatedIn(after)?.count)).toEqual([undefined, 2]);
  });

  it('by processes that are killed while they end minutes', { timeout: 60_000 }, async () => {
    const entries = Array.from({ length: 40 }, () => entryOf());
    for (const entry of entries) for (let n = 0; n < 2; n++) await noteRefusal(entry);
    await endMinutes();
    const script = `
      import { flushEndedRefusals } from ${JSON.stringify(new URL('./refusal-counts.ts', import.meta.url).pathname)};
      console.log('begun');
      for (;;) await flushEndedRefusals();`;
    for (const liveMs of [0, 5, 20, 60]) {
      const child = spawn(
        process.execPath,
        ['--conditions=react-server', '--input-type=module-typescript', '-e', script],
        {
          env: { ...process.env, DATABASE_URL: database.url },
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      );
      await once(child.stdout, 'data');
      await new Promise((resolve) => setTimeout(resolve, liveMs));
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
    await expect
      .poll(async () => {
        await flushEndedRefusals();
        return db().refusalCount.count({ where: { tenantId: { in: entries.map(({ tenantId }) => tenantId ?? '') } } });
      })
      .toBe(0);
    for (const entry of entries)
      expect((await eventsOf(entry)).map(({ after }) => repeatedIn(after)?.count)).toEqual([undefined, 1]);
  });
});

it('nobody who inserts an event chooses its time or its ID', async () => {
  const [id, tenantId] = [randomUUID(), randomUUID()];
  await db().$executeRaw`
    INSERT INTO audit_event (id, at, tenant_id, actor, actor_role, operation, outcome, request_id)
    VALUES (${id}::uuid, '2001-01-01', ${tenantId}::uuid, 'a', 'admin', 'x', 'done', 'r')`;
  await appendAudit({ tenantId, actor: 'b', actorRole: 'admin', operation: 'x', outcome: 'done', requestId: 'r' });
  const rows = await db().$queryRaw<{ id: string; now: boolean }[]>`
    SELECT id, at > clock_timestamp() - interval '1 minute' AS now FROM audit_event WHERE tenant_id = ${tenantId}::uuid`;
  expect(rows.map(({ now }) => now)).toEqual([true, true]);
  expect(rows.map((row) => row.id)).not.toContain(id);
});

it('the sum reads as a sentence', () => {
  const times = { firstAt: '2026-11-22T12:00:01.000Z', lastAt: '2026-11-22T12:00:59.400Z', targets: [] };
  expect(repeatedWords({ count: 1480, ...times }, 'refused')).toBe(
    'Refused 1,480 more times between 12:00:01 and 12:00:59 UTC',
  );
  expect(repeatedWords({ count: 1, ...times, lastAt: times.firstAt }, 'failed')).toBe(
    'Failed once more at 12:00:01 UTC',
  );
});
