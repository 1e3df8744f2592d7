import { setTimeout as sleep } from 'node:timers/promises';
import { isSameProcess, type ProcessIdentity } from './identity.ts';

export interface StopSteps {
  /** What to ask with first, and how long to wait for an answer, in milliseconds; then the next. */
  signals: readonly (readonly [signal: NodeJS.Signals, waitMs: number])[];
}

/** Asks politely, then not: short enough that a whole demo ends within three seconds. */
export const politely: StopSteps = {
  signals: [
    ['SIGTERM', 900],
    ['SIGKILL', 500],
  ],
};

/**
 * Ends exactly this process, if it still runs; a later process that got the same ID is left alone.
 * Answers whether it has ended.
 */
export async function stopProcess(known: ProcessIdentity, { signals }: StopSteps = politely): Promise<boolean> {
  for (const [signal, waitMs] of signals) {
    if (!isSameProcess(known)) return true;
    try {
      process.kill(known.pid, signal);
    } catch {
      // It ended between the look and the signal, or it is not ours to end: the look below decides.
    }
    const deadline = Date.now() + waitMs;
    while (Date.now() < deadline) {
      if (!isSameProcess(known)) return true;
      await sleep(20);
    }
  }
  return !isSameProcess(known);
}
