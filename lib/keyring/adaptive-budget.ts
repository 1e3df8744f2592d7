import { KmsError } from '../kms/errors.ts';
import type { KmsBudget } from './budget.ts';

export type BudgetLimits = { callsAtOnce: number; callsPerSecond: number };

/** Time and chance, so that tests need neither. */
export type BudgetClock = {
  /** Milliseconds that never go back. */
  now(): number;
  /** From 0 up to 1. */
  random(): number;
  /** Ends early, without a word, when the signal does. */
  pause(ms: number, signal: AbortSignal): Promise<void>;
};

/**
 * What background work may ask of one key: it begins with all that is allowed, gives way at once when the key service
 * asks for fewer requests (half as much, calls at once and a second alike), and takes back a little with every answer.
 */
export class AdaptiveBudget implements KmsBudget {
  readonly #limits: BudgetLimits;
  readonly #clock: BudgetClock;
  /** Calls at once that the key bears, as far as is known; below one it stands for pauses between single calls. */
  #allowed: number;
  #inFlight = 0;
  readonly #waiting: { admitted: boolean; wake: () => void }[] = [];
  #steppedBackAt = Number.NEGATIVE_INFINITY;
  /** When the next call may be sent. */
  #nextAt = Number.NEGATIVE_INFINITY;

  constructor(limits: BudgetLimits, clock: BudgetClock) {
    this.#limits = limits;
    this.#clock = clock;
    this.#allowed = limits.callsAtOnce;
  }

  get callsAtOnce(): number {
    return Math.max(1, Math.floor(this.#allowed));
  }

  async run<T>(call: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
    await this.#enter(signal);
    try {
      return await this.#try(call, signal);
    } finally {
      this.#leave();
    }
  }

  stepBack(): void {
    const now = this.#clock.now();
    // Calls under way at the same time are refused together: that is one piece of news.
    if (now - this.#steppedBackAt < oneNewsMs) return;
    this.#steppedBackAt = now;
    this.#allowed = Math.max(leastAllowed, this.#allowed / 2);
  }

  async #try<T>(call: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
    for (let tries = 1; ; tries++) {
      await this.#pace(signal);
      try {
        const result = await call(signal);
        this.#stepForward();
        return result;
      } catch (error) {
        if (!(error instanceof KmsError && error.failure === 'throttled')) throw error;
        this.stepBack();
        if (tries === maxTries) throw error;
      }
      // Its place is kept meanwhile: another call in it would be refused just the same.
      await this.#pause(this.#clock.random() * Math.min(longestPauseMs, firstPauseMs * 2 ** tries), signal);
    }
  }

  async #enter(signal: AbortSignal): Promise<void> {
    throwIfEnded(signal);
    if (this.#waiting.length === 0 && this.#inFlight < this.callsAtOnce) {
      this.#inFlight++;
      return;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiter = { admitted: false, wake: () => resolve() };
    this.#waiting.push(waiter);
    signal.addEventListener('abort', waiter.wake, { once: true });
    await promise;
    signal.removeEventListener('abort', waiter.wake);
    if (!signal.aborted) return;
    if (waiter.admitted) this.#leave();
    else this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
    throwIfEnded(signal);
  }

  /** Whoever has waited longest takes the place at once, so that nobody who comes later can slip in. */
  #leave(): void {
    this.#inFlight--;
    while (this.#inFlight < this.callsAtOnce) {
      const next = this.#waiting.shift();
      if (!next) return;
      this.#inFlight++;
      next.admitted = true;
      next.wake();
    }
  }

  async #pace(signal: AbortSignal): Promise<void> {
    throwIfEnded(signal);
    const now = this.#clock.now();
    const everyMs = (1_000 * this.#limits.callsAtOnce) / (this.#limits.callsPerSecond * this.#allowed);
    // What timers were late is made up for, a short time long, so that the rate is reached and never bursts.
    const at = Math.max(this.#nextAt, now - makeUpMs);
    this.#nextAt = at + everyMs;
    if (at > now) await this.#pause(at - now, signal);
  }

  async #pause(ms: number, signal: AbortSignal): Promise<void> {
    await this.#clock.pause(ms, signal);
    throwIfEnded(signal);
  }

  #stepForward(): void {
    // Twice as much per answer as long as single calls are spaced out, then one more for each round of answers.
    this.#allowed = Math.min(this.#limits.callsAtOnce, this.#allowed + Math.min(this.#allowed, 1 / this.#allowed));
  }
}

/** Enough for a key service that refuses nine of ten requests; one that refuses all is given up on within minutes. */
const maxTries = 30;
const firstPauseMs = 50;
const longestPauseMs = 5_000;
const oneNewsMs = 200;
const leastAllowed = 1 / 8;
const makeUpMs = 50;

function throwIfEnded(signal: AbortSignal): void {
  if (signal.aborted) throw new KmsError('aborted');
}
