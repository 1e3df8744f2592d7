import 'server-only';
import { db } from './client.ts';

export async function beat(worker: { id: string; startedAt: Date; version: string }, now: Date): Promise<void> {
  await db().workerHeartbeat.upsert({
    where: { id: worker.id },
    create: { ...worker, beatAt: now },
    update: { beatAt: now },
  });
  await db().workerHeartbeat.deleteMany({ where: { beatAt: { lt: new Date(now.getTime() - 3_600_000) } } });
}

export async function endBeat(id: string): Promise<void> {
  await db().workerHeartbeat.deleteMany({ where: { id } });
}

/** When any worker last said that it lives. */
export async function lastBeat(): Promise<Date | undefined> {
  const row = await db().workerHeartbeat.findFirst({ orderBy: { beatAt: 'desc' }, select: { beatAt: true } });
  return row?.beatAt;
}
