import 'server-only';
import { setImmediate } from 'node:timers/promises';
import { type Rewrapping, recordFailures, type TransitionFailure, writeRewrappings } from '../../db/rewrap-store.ts';
import { assertStillRunnable, type TransitionTask } from './task.ts';

/** One of so many who add something lets the event loop turn; in the end all of them have. */
const turnEvery = 32;

type Failed = TransitionFailure & { id: string; revision: number };
export type Outcome = Rewrapping | Failed;

/** Written together; a crash loses no more than that, and it is done again then. */
const batch = 500;
/** Where calls are slow a batch is written before it is full, so that progress can be seen. */
const atLeastEveryMs = 1_000;

/** Writes what became of data keys, a batch while the next one is worked on, and sees between two whether to go on. */
export class RewrapWriter {
  /** How many data keys moved, or were found to be immovable. */
  moved = 0;
  readonly #task: TransitionTask;
  readonly #pending: Outcome[] = [];
  #added = 0;
  #written = 0;
  #writing: Promise<void> = Promise.resolve();
  #busy = false;
  #wroteAt = performance.now();

  constructor(task: TransitionTask) {
    this.#task = task;
  }

  /** Waits where the database does not keep up. Throws what writing an earlier batch came to. */
  async add(outcome: Outcome): Promise<void> {
    this.#pending.push(outcome);
    this.#added++;
    const due = this.#pending.length >= batch || performance.now() - this.#wroteAt >= atLeastEveryMs;
    if (due && !this.#busy) this.#begin();
    else if (this.#pending.length >= 2 * batch) await this.#writing;
    // Work on a key in this process never waits: without this the database would not be heard meanwhile.
    if (this.#added % turnEvery === 0) await setImmediate();
  }

  /** Resolves when everything that was added until now is written. */
  async flush(): Promise<void> {
    const upTo = this.#added;
    while (this.#written < upTo) {
      if (!this.#busy) this.#begin();
      await this.#writing;
    }
  }

  #begin(): void {
    const outcomes = this.#pending.splice(0, 2 * batch);
    this.#busy = true;
    this.#wroteAt = performance.now();
    this.#writing = this.#write(outcomes).finally(() => {
      this.#busy = false;
    });
    // Whoever adds or flushes next hears of its failure.
    this.#writing.catch(() => undefined);
  }

  async #write(outcomes: Outcome[]): Promise<void> {
    const moved = outcomes.filter((outcome): outcome is Rewrapping => 'wrapped' in outcome);
    const failed = outcomes.filter((outcome): outcome is Failed => !('wrapped' in outcome));
    if (moved.length > 0) this.moved += await writeRewrappings(moved);
    if (failed.length > 0) await recordFailures(this.#task.work.id, failed);
    this.moved += failed.length;
    this.#written += outcomes.length;
    await assertStillRunnable(this.#task);
  }
}
