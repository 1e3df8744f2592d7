import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeDatabase, db, switchDatabase } from './client.ts';
import { type TenantUse, takeUse } from './tenant-uses.ts';
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

const many = { perMinute: 100_000 };
const isUse = (answer: TenantUse | { retryAfterMs: number }): answer is TenantUse => 'end' in answer;

describe('a costly operation of a tenant’s', () => {
  it('goes on exactly so many times in a minute, from all processes, and says when the minute is over', async () => {
    const tenantId = randomUUID();
    const answers = await Promise.all(Array.from({ length: 60 }, () => takeUse(tenantId, 'a', { perMinute: 25 })));
    expect(answers.filter(isUse)).toHaveLength(25);
    for (const answer of answers)
      if ('retryAfterMs' in answer) {
        expect(answer.retryAfterMs).toBeGreaterThanOrEqual(1_000);
        expect(answer.retryAfterMs).toBeLessThanOrEqual(60_000);
      }
    expect(isUse(await takeUse(randomUUID(), 'a', { perMinute: 25 }))).toBe(true);
    expect(isUse(await takeUse(tenantId, 'b', { perMinute: 25 }))).toBe(true);
    await db().$executeRaw`UPDATE rate_limit SET expire = (clock_timestamp() AT TIME ZONE 'UTC')`;
    expect(isUse(await takeUse(tenantId, 'a', { perMinute: 25 }))).toBe(true);
  });

  it('is under way exactly so many times at once, and again when one has ended', async () => {
    const tenantId = randomUUID();
    const limit = { ...many, atOnce: 8 };
    const answers = await Promise.all(Array.from({ length: 60 }, () => takeUse(tenantId, 'a', limit)));
    const uses = answers.filter(isUse);
    expect(uses).toHaveLength(8);
    expect(await takeUse(tenantId, 'a', limit)).toEqual({ retryAfterMs: expect.any(Number) });
    expect(isUse(await takeUse(randomUUID(), 'a', limit))).toBe(true);
    await uses[3]?.end();
    expect(isUse(await takeUse(tenantId, 'a', limit))).toBe(true);
    expect(isUse(await takeUse(tenantId, 'a', limit))).toBe(false);
  });

  it('whose process has died makes room at its end, and then does not take away another’s', async () => {
    const tenantId = randomUUID();
    const limit = { ...many, atOnce: 1 };
    const dead = await takeUse(tenantId, 'a', limit);
    await db().$executeRaw`UPDATE tenant_use SET ends_at = clock_timestamp()`;
    expect(isUse(await takeUse(tenantId, 'a', limit))).toBe(true);
    if (isUse(dead)) await dead.end();
    expect(isUse(await takeUse(tenantId, 'a', limit))).toBe(false);
  });
});
