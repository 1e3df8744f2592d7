import 'server-only';
import pg from 'pg';
import { databaseUrl } from './client.ts';

/** Locks of one database session: they fall together the moment their process dies, without a lease to wait for. */
export type Locks = {
  /** Aborted when the session has ended, and with it every lock: then stop. */
  lost: AbortSignal;
  /** @returns false where another session holds it. A lock that is held already is held twice: release it as often. */
  hold(name: string): Promise<boolean>;
  release(name: string): Promise<void>;
};

/**
 * Runs `work` with a session of its own to hold locks by. What runs under a lock stays correct without it (every write
 * compares before it sets): locks only keep two workers from doing the same thing twice.
 */
export async function withLocks<T>(work: (locks: Locks) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: databaseUrl(),
    application_name: 'keyward-lock',
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
  });
  const lost = new AbortController();
  client.on('error', () => lost.abort());
  client.on('end', () => lost.abort());
  await client.connect();
  try {
    return await work({
      lost: lost.signal,
      hold: async (name) => {
        const { rows } = await client.query<{ held: boolean }>(
          'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS held',
          [name],
        );
        return rows[0]?.held === true;
      },
      release: async (name) => {
        await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [name]);
      },
    });
  } finally {
    await client.end().catch(() => undefined);
  }
}
