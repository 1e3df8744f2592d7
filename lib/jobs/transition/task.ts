import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Message } from '../../byok/messages/message.ts';
import type { Locks } from '../../db/advisory-lock.ts';
import { isStillRunnable } from '../../db/transition-run-store.ts';
import type { TransitionWork } from '../../db/transition-store.ts';
import { because } from './because.ts';
import type { FailureState } from './failure-state.ts';
import type { PacedKeys } from './paced-key.ts';

/** What every step of a key transition is told. */
export type TransitionTask = {
  work: TransitionWork;
  /** Aborted when the process is asked to end or its locks are lost: stop between two pieces of work. */
  signal: AbortSignal;
  locks: Locks;
  /** When this pass began, whoever takes part in it: what was tried since then is not tried again in it. */
  since: Date;
  failures: FailureState;
  keys: PacedKeys;
};

/** Ends a run without a failure: the transition was paused, superseded or ended by somebody else. */
export class Halted extends Error {}

/** Between two batches: whether there is still something to work on. */
export async function assertStillRunnable({ work, signal }: TransitionTask): Promise<void> {
  signal.throwIfAborted();
  if (!(await isStillRunnable(work.id))) throw new Halted('the key transition was paused, superseded or ended');
}

/** Visited at once, so that one is worked on while what became of another is being written. */
const atOnce = 2;
/** How often names that others hold are asked for again, and the pause before. */
const askAgain = 10;
const askAgainMs = 100;

/**
 * Visits each of the names once while no other worker does, in an order of its own. Whoever visits a name that another
 * has been to finds what that one left.
 * @returns false where others were still at work at the end: whoever is last goes on with what comes after
 */
export async function visitEach(
  task: TransitionTask,
  names: string[],
  visit: (name: string) => Promise<void>,
): Promise<boolean> {
  const first = Math.floor(Math.random() * names.length);
  let open = [...names.slice(first), ...names.slice(0, first)];
  for (let idle = 0; open.length > 0; ) {
    const busy: string[] = [];
    await inParallel(open, atOnce, task.signal, async (name) => {
      if (!(await task.locks.hold(name))) {
        busy.push(name);
        return;
      }
      await visit(name);
      await task.locks.release(name);
    });
    idle = busy.length < open.length ? 0 : idle + 1;
    open = busy;
    if (idle === askAgain) return false;
    if (open.length > 0) await sleep(askAgainMs, undefined, { signal: task.signal });
  }
  return true;
}

/** Runs `work` over the items, at most `width` at a time; the first failure is thrown once those under way have ended. */
export async function inParallel<T>(
  items: Iterable<T>,
  width: number,
  signal: AbortSignal,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items[Symbol.iterator]();
  let failure: unknown;
  let failed = false;
  const lane = async () => {
    for (let next = queue.next(); !next.done; next = queue.next()) {
      if (failed) return;
      try {
        signal.throwIfAborted();
        await work(next.value);
      } catch (error) {
        if (!failed) failure = error;
        failed = true;
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  if (failed) throw failure;
}

/**
 * What `work` comes to, or the signal's reason as soon as it is aborted. For work that others may wait for too, such as
 * a data key's load: it goes on by itself and ends by its own time limits.
 */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const end = () => reject(signal.reason);
  if (signal.aborted) end();
  signal.addEventListener('abort', end, { once: true });
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', end));
}

/**
 * Every step asks the data what is left until nothing is. Where somebody else is first each time, or a row cannot be
 * changed, that would never end: after some passes in which nothing moved the step is given up, to be tried again later.
 */
export function watchProgress(whatDoesNotMove: Message): (moved: number) => void {
  let idle = 0;
  return (moved) => {
    idle = moved > 0 ? 0 : idle + 1;
    if (idle >= 3) throw because('conflict', whatDoesNotMove);
  };
}
