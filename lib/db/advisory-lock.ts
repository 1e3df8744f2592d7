import 'server-only';
import pg from 'pg';
import { databaseUrl } from './client.ts';

/**
 * Runs `work` while this process alone holds a lock of that name. The lock lives in a database session, so it falls
 * the moment its process dies, without a lease to wait for. What runs under it stays correct without it (every write
 * compares before it sets): the lock only keeps two workers from doing the same thing twice.
 * @param work is told by `lost` that the session has ended, and with it the lock: then it should stop
 * @returns undefined where somebody else holds it
 */
export async function withAdvisoryLock<T>(
  name: string,
  work: (lost: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
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
    const { rows } = await client.query<{ held: boolean }>(
      'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS held',
      [name],
    );
    if (!rows[0]?.held) return undefined;
    return await work(lost.signal);
  } finally {
    await client.end().catch(() => undefined);
  }
}
