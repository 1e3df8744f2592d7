import 'server-only';
import type { Call } from './call.ts';

/** The longest that an answer which is ready waits for others of its turn. */
const holdMs = 1;

/**
 * Answers that are ready leave together, at the end of the event loop's turn that made them. Writing to a socket goes deep into
 * the kernel and wakes whoever reads there. Done after each request, neither the next request nor the next write finds its code
 * in the processor's caches, and the reader falls asleep in between: a request then takes half as much processor time again.
 */
export class ReadyAnswers {
  #ready: { call: Call; body: string }[] = [];
  #heldSince = 0;

  /** Writes it in this turn of the event loop, or at once where the first one has waited long enough. */
  add(call: Call, body: string): void {
    const now = performance.now();
    if (this.#ready.length === 0) {
      this.#heldSince = now;
      setImmediate(() => this.#write());
    }
    this.#ready.push({ call, body });
    if (now - this.#heldSince >= holdMs) this.#write();
  }

  #write(): void {
    const ready = this.#ready;
    this.#ready = [];
    for (const { call, body } of ready) {
      try {
        call.writeAscii(body);
      } catch (error) {
        call.fail(error);
      }
    }
  }
}
