import 'server-only';
import { db, transaction } from './client.ts';
import { Prisma } from './generated/client.ts';

/** One thing that wrong tries are counted by. */
export type CountRule = {
  key: string;
  /** When it counts from nothing again: so many seconds after the last failure, or with the day, in UTC. */
  ends: number | 'day';
  /** So many failures, and there is no further try until it ends. */
  most?: number;
  /** After these, each failure delays the next try twice as long as the one before. */
  freeFailures?: number;
  firstDelaySeconds?: number;
  longestDelaySeconds?: number;
};

/** A try that was let through: it counts as a failure until it is known to be none. */
export type CountedTry = { key: string; endsAt: Date; isDelay: boolean }[];

/**
 * Counts a try by every rule at once, or by none where one of them says no. Whoever comes at the same moment waits for this:
 * tries at once are not more tries. By the database's clock.
 * @returns the try; or for how many seconds there is none
 */
export async function countTry(
  rules: readonly CountRule[],
): Promise<{ counted: CountedTry } | { waitSeconds: number }> {
  try {
    return {
      counted: await transaction(async (tx) => {
        const counted: CountedTry = [];
        // In the same order of kinds each time, so that no two can wait for each other.
        for (const rule of rules) {
          const [row] = await tx.$queryRaw<{ endsAt: Date }[]>(count(rule));
          if (!row) throw new Full();
          counted.push({ key: rule.key, endsAt: row.endsAt, isDelay: rule.most === undefined });
        }
        return counted;
      }),
    };
  } catch (error) {
    if (!(error instanceof Full)) throw error;
    return { waitSeconds: Math.max(1, await secondsToWait(rules)) };
  }
}

/** It was right: delays are over, and what is left was no failure. */
export async function forgiveTry(counted: CountedTry): Promise<void> {
  for (const { key, endsAt, isDelay } of counted) {
    if (isDelay) await db().signInCount.deleteMany({ where: { key } });
    else
      await db().signInCount.updateMany({
        where: { key, endsAt, failures: { gt: 0 } },
        data: { failures: { decrement: 1 } },
      });
  }
}

/** @returns true the first time in a minute, for whatever the key says */
export async function isFirstInMinute(key: string): Promise<boolean> {
  const [row] = await db().$queryRaw<{ failures: number }[]>`
    INSERT INTO sign_in_count AS c (key, failures, open_at, ends_at)
    VALUES (${`told ${key}`}, 1, now(), date_trunc('minute', now()) + interval '1 minute')
    ON CONFLICT (key) DO UPDATE SET
      failures = CASE WHEN c.ends_at <= now() THEN 1 ELSE c.failures + 1 END,
      ends_at = greatest(c.ends_at, excluded.ends_at)
    RETURNING failures`;
  return row?.failures === 1;
}

/** Removes what counts nothing any more. @returns how many */
export async function pruneSignInCounts(): Promise<number> {
  return db().$executeRaw`DELETE FROM sign_in_count WHERE ends_at <= now() AND open_at <= now()`;
}

/** The same of the counters of `rate-limiter-flexible`, which leaves them. @returns how many */
export async function pruneRateLimits(): Promise<number> {
  return db().$executeRaw`DELETE FROM rate_limit WHERE expire < now()`;
}

class Full extends Error {}

/** For how many seconds there is no try by these rules; 0 where there may be one. Counts nothing. */
export async function secondsToWait(rules: readonly CountRule[]): Promise<number> {
  const rows = await db().$queryRaw<{ key: string; failures: number; untilOpen: number; untilEnd: number }[]>`
    SELECT key, failures, ceil(extract(epoch FROM open_at - now()))::float8 AS "untilOpen",
           ceil(extract(epoch FROM ends_at - now()))::float8 AS "untilEnd"
      FROM sign_in_count WHERE key IN (${Prisma.join(rules.map(({ key }) => key))}) AND ends_at > now()`;
  const waits = rows.map((row) => {
    const most = rules.find(({ key }) => key === row.key)?.most;
    return most !== undefined && row.failures >= most ? row.untilEnd : row.untilOpen;
  });
  return Math.max(0, ...waits);
}

function count(rule: CountRule): Prisma.Sql {
  const { freeFailures = 0, firstDelaySeconds = 0, longestDelaySeconds = 0, most = 2 ** 31 - 1 } = rule;
  const ends =
    rule.ends === 'day'
      ? Prisma.sql`(date_trunc('day', now() AT TIME ZONE 'UTC') + interval '1 day') AT TIME ZONE 'UTC'`
      : Prisma.sql`now() + make_interval(secs => ${rule.ends}::float8)`;
  const failures = Prisma.sql`CASE WHEN c.ends_at <= now() THEN 1 ELSE c.failures + 1 END`;
  // The exponent is bounded: nothing here may overflow, however often somebody fails.
  const doublings = Prisma.sql`least(${failures} - 1 - ${freeFailures}::int, 30)`;
  const delay = Prisma.sql`CASE WHEN ${failures} <= ${freeFailures}::int THEN 0::float8
    ELSE least(${firstDelaySeconds}::float8 * power(2::float8, ${doublings}), ${longestDelaySeconds}::float8) END`;
  // How long a bound holds is settled by its first failure; what only delays is forgotten after its last.
  const isBound = rule.most !== undefined;
  return Prisma.sql`
    INSERT INTO sign_in_count AS c (key, failures, open_at, ends_at) VALUES (${rule.key}, 1, now(), ${ends})
    ON CONFLICT (key) DO UPDATE SET
      failures = ${failures},
      open_at = now() + make_interval(secs => ${delay}),
      ends_at = CASE WHEN ${isBound} AND c.ends_at > now() THEN c.ends_at ELSE excluded.ends_at END
    WHERE c.ends_at <= now() OR (c.open_at <= now() AND c.failures < ${most}::int)
    RETURNING ends_at AS "endsAt"`;
}
