import 'server-only';
import { randomUUID } from 'node:crypto';
import { db } from './client.ts';

export type UseLimit = { perMinute: number; atOnce?: number };
/** A use that was let through, to be ended when it is over. */
export type TenantUse = { end(): Promise<void> };

/**
 * Takes one use of a costly operation for a tenant, counted across all processes, by the database's clock. Each question is one
 * statement: no lock is held while it is worked. A place whose process has died is free again at its end.
 * @returns in how many milliseconds to come again, where the tenant has asked too much
 */
export async function takeUse(
  tenantId: string,
  operation: string,
  { perMinute, atOnce }: UseLimit,
): Promise<TenantUse | { retryAfterMs: number }> {
  const waitMs = await countTry(tenantId, operation, perMinute);
  if (waitMs > 0) return { retryAfterMs: waitMs };
  if (atOnce === undefined) return { end: async () => undefined };
  const useId = randomUUID();
  for (let tries = 0; tries < mostTries; tries++) {
    const { free, taken } = await takePlace({ tenantId, operation, useId, atOnce });
    if (taken > 0) return { end: () => leavePlace(useId, tenantId, operation) };
    // Others took the places that were free a moment ago, or there were none.
    if (free === 0) break;
  }
  return { retryAfterMs: busyMs };
}

/** @returns 0, or how long the tenant's minute still lasts */
async function countTry(tenantId: string, operation: string, perMinute: number): Promise<number> {
  // The table's times are without a zone: they are UTC, as the library that shares it writes them.
  const rows = await db().$queryRaw<{ points: number; left: number }[]>`
    INSERT INTO rate_limit AS known (key, points, expire)
    VALUES (${`use:${operation}:${tenantId}`}, 1, (clock_timestamp() AT TIME ZONE 'UTC') + interval '1 minute')
    ON CONFLICT (key) DO UPDATE SET
      points = CASE WHEN known.expire <= (clock_timestamp() AT TIME ZONE 'UTC') THEN 1 ELSE known.points + 1 END,
      expire = CASE WHEN known.expire <= (clock_timestamp() AT TIME ZONE 'UTC') THEN excluded.expire ELSE known.expire END
    RETURNING points, (extract(epoch FROM expire - (clock_timestamp() AT TIME ZONE 'UTC')) * 1000)::int AS left`;
  const { points = 1, left = 0 } = rows[0] ?? {};
  return points > perMinute ? Math.max(1_000, left) : 0;
}

type Wanted = { tenantId: string; operation: string; useId: string; atOnce: number };

async function takePlace({ tenantId, operation, useId, atOnce }: Wanted): Promise<{ free: number; taken: number }> {
  const rows = await db().$queryRaw<{ free: number; taken: number }[]>`
    WITH free AS (
      SELECT wanted.place FROM generate_series(1, ${atOnce}::int) AS wanted(place)
       WHERE NOT EXISTS (
         SELECT FROM tenant_use AS other
          WHERE other.tenant_id = ${tenantId}::uuid AND other.operation = ${operation} AND other.place = wanted.place
            AND other.ends_at > clock_timestamp())
    ), taken AS (
      INSERT INTO tenant_use AS known (tenant_id, operation, place, use_id, ends_at)
      SELECT ${tenantId}::uuid, ${operation}, place, ${useId}::uuid, clock_timestamp() + ${longest}::interval
        FROM free ORDER BY random() LIMIT 1
      ON CONFLICT (tenant_id, operation, place) DO UPDATE SET use_id = excluded.use_id, ends_at = excluded.ends_at
       WHERE known.ends_at <= clock_timestamp()
      RETURNING place
    )
    SELECT (SELECT count(*)::int FROM free) AS free, (SELECT count(*)::int FROM taken) AS taken`;
  return rows[0] ?? { free: 0, taken: 0 };
}

async function leavePlace(useId: string, tenantId: string, operation: string): Promise<void> {
  await db().tenantUse.deleteMany({ where: { useId, tenantId, operation } });
}

/** No test, validation or creation takes as long. */
const longest = '5 minutes';
/** What is under way takes a few seconds. */
const busyMs = 10_000;
const mostTries = 10;
