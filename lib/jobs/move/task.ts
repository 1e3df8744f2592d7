import { Refusal } from '../../byok/errors.ts';

/** What every step of a move is told. */
export type MoveTask = {
  moveId: string;
  /** Aborted when the process is asked to end: stop between two pieces of work. */
  signal: AbortSignal;
};

/** Runs `work` over the items, at most `width` at a time; the first failure is thrown once those under way have ended. */
export async function inParallel<T>(
  items: T[],
  width: number,
  signal: AbortSignal,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  let failure: unknown;
  let failed = false;
  const lane = async () => {
    for (const item of queue) {
      if (failed) return;
      try {
        signal.throwIfAborted();
        await work(item);
      } catch (error) {
        if (!failed) failure = error;
        failed = true;
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
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
export function watchProgress(whatDoesNotMove: string): (moved: number) => void {
  let idle = 0;
  return (moved) => {
    idle = moved > 0 ? 0 : idle + 1;
    if (idle >= 3) throw new Refusal('conflict', { details: { reason: whatDoesNotMove } });
  };
}
