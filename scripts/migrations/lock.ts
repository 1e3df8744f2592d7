import type { ClientBase } from 'pg';
import { MigrationRefused } from './history.ts';

/** Any number that no one else locks: two who migrate at once take turns. */
const lockKey = 7_239_114_530;

/**
 * Takes the lock of migrations for the rest of the session. Throws `MigrationRefused`, which says who holds it and since
 * when, where it is not free after `waitMs`.
 */
export async function takeMigrationLock(owner: ClientBase, waitMs: number): Promise<void> {
  await owner.query(`SET lock_timeout = ${Math.max(1, Math.trunc(waitMs))}`);
  try {
    await owner.query('SELECT pg_advisory_lock($1)', [lockKey]);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === '55P03')) throw error;
    throw new MigrationRefused(
      `Another migration is running: ${await holder(owner)} The wait for it ended after ${Math.round(waitMs / 1000)} s. Nothing was changed; wait until it has ended, then run this again.`,
    );
  } finally {
    await owner.query('RESET lock_timeout');
  }
}

type Holder = { pid: number; name: string; user: string | null; address: string | null; since: Date | null };

async function holder(owner: ClientBase): Promise<string> {
  const { rows } = await owner.query<Holder>(
    `SELECT a.pid, a.application_name AS name, a.usename AS user, host(a.client_addr) AS address, a.backend_start AS since
       FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
      WHERE l.locktype = 'advisory' AND l.granted AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND (l.classid::bigint << 32) | l.objid::bigint = $1 AND l.objsubid = 1`,
    [lockKey],
  );
  const [held] = rows;
  if (!held) return 'it has just ended.';
  const { pid, name, user, address, since } = held;
  const from = address ? ` from ${address}` : '';
  return `"${name || 'unnamed'}", as ${user ?? 'another role'}${from}, PostgreSQL process ${pid}, holds its lock${since ? ` since ${since.toISOString()}` : ''}.`;
}
