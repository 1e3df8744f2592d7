import 'server-only';
import { randomUUID } from 'node:crypto';
import { log } from '../config/log.ts';
import { listDueActivations } from '../db/activation-store.ts';
import { closeDatabase } from '../db/client.ts';
import { beat, endBeat } from '../db/heartbeat-store.ts';
import type { Jobs } from '../db/job-names.ts';
import { closeQueue, openQueue } from '../db/job-queue.ts';
import { closeKeyring } from '../keyring/keyring.ts';
import { version } from '../operations/parts/version.ts';
import { activateKey } from './activate-key.ts';

const beatMs = 5_000;
/** How often what is due is read from the tables: after a crash, nobody else remembers it. */
const sweepMs = 3_000;

/**
 * Runs jobs until `signal` is aborted, then ends cleanly. Jobs in the queue wake the worker at once; a sweep over the
 * tables finds what no job speaks of any more. Several workers may run: a lock per activation keeps them apart.
 */
export async function startWorker({ signal }: { signal: AbortSignal }): Promise<void> {
  const worker = { id: randomUUID(), startedAt: new Date(), version };
  const running = new Map<string, Promise<void>>();
  const run = (activationId: string): Promise<void> => {
    const known = running.get(activationId);
    if (known || signal.aborted) return known ?? Promise.resolve();
    const work = activateKey(activationId, signal)
      .catch((error: unknown) => {
        if (!signal.aborted)
          log().error({ err: error, activationId }, 'activation was interrupted; it goes on at the next sweep');
      })
      .finally(() => running.delete(activationId));
    running.set(activationId, work);
    return work;
  };

  const boss = await openQueue({ supervise: true });
  await boss.work<Jobs['activate-key']>('activate-key', { pollingIntervalSeconds: 1, batchSize: 5 }, async (jobs) => {
    for (const job of jobs) void run(job.data.activationId);
  });
  const loops = [
    every(beatMs, signal, () => beat(worker, new Date())),
    every(sweepMs, signal, async () => {
      for (const id of await listDueActivations(new Date())) void run(id);
    }),
  ];
  log().info({ workerId: worker.id }, 'worker is running');
  await Promise.all(loops);
  await Promise.all(running.values());
  await endBeat(worker.id).catch(() => undefined);
  await boss.stop({ graceful: false }).catch(() => undefined);
  await closeQueue();
  await closeKeyring();
  await closeDatabase();
}

/** Repeats `work` with a pause until the signal; a failure is logged and tried again after the pause. */
async function every(ms: number, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  let said = '';
  while (!signal.aborted) {
    try {
      await work();
      said = '';
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (message !== said && !signal.aborted) log().error({ err: error }, 'periodic work failed');
      said = message;
    }
    await pause(ms, signal);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
