import 'server-only';
import { randomUUID } from 'node:crypto';
import { log } from '../config/log.ts';
import { version } from '../config/version.ts';
import { closeDatabase } from '../db/client.ts';
import { beat, endBeat } from '../db/heartbeat-store.ts';
import type { Jobs } from '../db/job-names.ts';
import { closeQueue, openQueue } from '../db/job-queue.ts';
import { flushEndedRefusals } from '../db/refusal-counts.ts';
import { listDueTransitions } from '../db/transition-store.ts';
import { closeKeyring } from '../keyring/keyring.ts';
import { keyedQueue } from './keyed-queue.ts';
import { prune } from './prune.ts';
import { reconcileKeyCreations } from './reconcile-key-creations.ts';
import { rekeyDue } from './rekey-due.ts';
import { runTransition } from './run-transition.ts';
import { watchAliases } from './watch-aliases.ts';

const beatMs = 5_000;
/** How often what is due is read from the tables: after a crash, nobody else remembers it. */
const sweepMs = 3_000;
/** Data keys grow old by days: this is soon enough. */
const rekeyMs = 60_000;
/** How often it is seen which aliases are due; how often each is resolved says the configuration. */
const aliasMs = 5_000;
/** What is kept for a while only may stay as much longer. */
const pruneMs = 3_600_000;
/** Refusals are counted by the minute: how soon after it the history is told. */
const refusalsMs = 5_000;
/** Keys begun to be created in a customer's account are looked for when whoever began them should have ended. */
const creationsMs = 30_000;

/**
 * Each transition holds a connection of its own for its locks, beside those of the pool, and puts load on a key service:
 * whatever is due at the same moment, so many are worked on at once and the others follow.
 */
const transitionsAtOnce = 4;
/** Whoever asks a process to end waits three seconds for it. What is unfinished then goes on at the next start. */
const endWithinMs = 2_500;

/**
 * Runs jobs until `signal` is aborted, then ends cleanly and within three seconds, whatever does not answer. Jobs in the
 * queue wake the worker at once; a sweep over the tables finds what no job speaks of any more. Several workers may run:
 * locks keep them from doing anything twice.
 */
export async function startWorker({ signal }: { signal: AbortSignal }): Promise<void> {
  const worker = { id: randomUUID(), version };
  const transitions = keyedQueue(transitionsAtOnce, signal, (transitionId) =>
    runTransition(transitionId, signal).catch((error: unknown) => {
      if (!signal.aborted)
        log().error({ err: error, transitionId }, 'key transition was interrupted; it goes on at the next sweep');
    }),
  );

  const boss = await openQueue({ supervise: true });
  await boss.work<Jobs['run-move']>('run-move', { pollingIntervalSeconds: 1, batchSize: 5 }, async (jobs) => {
    for (const job of jobs) transitions.begin(job.data.moveId);
  });
  const loops = [
    every(beatMs, signal, () => beat(worker)),
    every(sweepMs, signal, async () => {
      for (const id of await listDueTransitions()) transitions.begin(id);
    }),
    every(rekeyMs, signal, async () => {
      await rekeyDue();
    }),
    every(aliasMs, signal, async () => {
      await watchAliases(signal);
    }),
    every(pruneMs, signal, async () => {
      await prune();
    }),
    every(refusalsMs, signal, async () => {
      await flushEndedRefusals();
    }),
    every(creationsMs, signal, async () => {
      await reconcileKeyCreations(signal);
    }),
  ];
  log().info({ workerId: worker.id }, 'worker is running');

  const ended = async () => {
    await Promise.all([...loops, transitions.settled()]);
    await endBeat(worker.id).catch(() => undefined);
    await boss.stop({ graceful: false }).catch(() => undefined);
    await closeQueue();
    await closeKeyring();
    await closeDatabase();
  };
  await pause(Number.POSITIVE_INFINITY, signal);
  const late = new AbortController();
  await Promise.race([
    ended().catch((error: unknown) => log().error({ err: error }, 'worker did not end cleanly')),
    pause(endWithinMs, late.signal),
  ]);
  late.abort();
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

/** Infinity: until the signal is aborted. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = ms === Number.POSITIVE_INFINITY ? undefined : setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
