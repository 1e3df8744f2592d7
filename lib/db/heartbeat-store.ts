import 'server-only';
import { db } from './client.ts';

/** The worker says that it lives, now by the database's clock; those that have not for an hour are forgotten. */
export async function beat({ id, version }: { id: string; version: string }): Promise<void> {
  await db().$executeRaw`
    INSERT INTO worker_heartbeat (id, version, started_at, beat_at) VALUES (${id}::uuid, ${version}, now(), now())
    ON CONFLICT (id) DO UPDATE SET beat_at = now()`;
  await db().$executeRaw`DELETE FROM worker_heartbeat WHERE beat_at < now() - interval '1 hour'`;
}

export async function endBeat(id: string): Promise<void> {
  await db().workerHeartbeat.deleteMany({ where: { id } });
}

/**
 * How long ago any worker last said that it lives, in milliseconds, by the database's clock; undefined where none has. One that
 * is said to come, by a worker of an older version on a wrong clock, is none.
 */
export async function sinceLastBeat(): Promise<number | undefined> {
  const rows = await db().$queryRaw<{ ms: number | null }[]>`
    SELECT (extract(epoch FROM now() - max(beat_at)) * 1000)::float8 AS ms
      FROM worker_heartbeat WHERE beat_at <= now() + interval '1 second'`;
  return rows[0]?.ms ?? undefined;
}
