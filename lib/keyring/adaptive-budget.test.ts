import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KmsError } from '../kms/errors.ts';
import { AdaptiveBudget } from './adaptive-budget.ts';

const never = new AbortController().signal;

describe('a budget', () => {
  it('lets no more calls be under way at once than are allowed, and no more begin in a second', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 5, max: 500 }),
        fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 80 }),
        async (callsAtOnce, callsPerSecond, callsMs) => {
          const time = new Time();
          const service = new Service(time);
          const budget = new AdaptiveBudget({ callsAtOnce, callsPerSecond }, time);
          await time.until(Promise.all(callsMs.map((ms) => budget.run(() => service.answerIn(ms), never))));
          expect(service.mostAtOnce).toBeLessThanOrEqual(callsAtOnce);
          // What late timers may make up for is a twentieth of a second's calls.
          expect(service.mostInASecond()).toBeLessThanOrEqual(callsPerSecond * 1.05 + 1);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('uses what it is allowed: 20 at once with 50 ms a call are 400 calls a second', async () => {
    const time = new Time();
    const service = new Service(time);
    const budget = new AdaptiveBudget({ callsAtOnce: 20, callsPerSecond: 500 }, time);
    await time.until(Promise.all(Array.from({ length: 4_000 }, () => budget.run(() => service.answerIn(50), never))));
    expect(time.now()).toBeLessThan(10_200);
  });

  it('gives way while the key service asks for fewer requests, and takes it all back after', async () => {
    const time = new Time();
    const service = new Service(time);
    const budget = new AdaptiveBudget({ callsAtOnce: 16, callsPerSecond: 1_000 }, time);
    let calls = 0;
    const call = async () => {
      await service.answerIn(20);
      if (time.now() < 5_000 && ++calls % 10 !== 0) throw new KmsError('throttled');
    };
    const all = Promise.all(Array.from({ length: 1_000 }, () => budget.run(call, never)));
    await time.until(all, 4_900);
    expect(budget.callsAtOnce).toBeLessThan(3);
    service.mostAtOnce = 0;
    await time.until(all);
    expect(budget.callsAtOnce).toBe(16);
    expect(service.mostAtOnce).toBe(16);
  });

  it('gives way to live traffic that is throttled, once for calls that are refused together', () => {
    const time = new Time();
    const budget = new AdaptiveBudget({ callsAtOnce: 20, callsPerSecond: 500 }, time);
    for (let n = 0; n < 10; n++) budget.stepBack();
    expect(budget.callsAtOnce).toBe(10);
  });

  it('calls again what was throttled, a bounded number of times, and then says so', async () => {
    const time = new Time();
    const budget = new AdaptiveBudget({ callsAtOnce: 4, callsPerSecond: 100 }, time);
    let tries = 0;
    const refused = budget.run(async () => {
      tries++;
      throw new KmsError('throttled', { requestIds: ['last'] });
    }, never);
    await expect(time.until(refused)).rejects.toMatchObject({ failure: 'throttled', requestIds: ['last'] });
    expect(tries).toBe(30);
  });

  it('throws anything else on at once', async () => {
    const time = new Time();
    const budget = new AdaptiveBudget({ callsAtOnce: 1, callsPerSecond: 100 }, time);
    for (const error of [new KmsError('key-disabled'), new KmsError('timed-out'), new Error('mine')]) {
      await expect(time.until(budget.run(() => Promise.reject(error), never))).rejects.toBe(error);
    }
    expect(await time.until(budget.run(async () => 'free again', never))).toBe('free again');
  });

  it('ends with its signal, wherever it waits, and gives its place to the next', async () => {
    const time = new Time();
    const service = new Service(time);
    const budget = new AdaptiveBudget({ callsAtOnce: 1, callsPerSecond: 100 }, time);
    const stop = new AbortController();
    const first = budget.run(() => service.answerIn(100), never);
    const waiting = budget.run(() => service.answerIn(100), stop.signal);
    const last = budget.run(async () => 'its turn', never);
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ failure: 'aborted' });
    await expect(budget.run(() => service.answerIn(1), stop.signal)).rejects.toMatchObject({ failure: 'aborted' });
    await time.until(first);
    expect(await time.until(last)).toBe('its turn');
    expect(service.began).toHaveLength(1);
  });
});

/** Time that passes only when nothing else can happen. */
class Time {
  #now = 0;
  readonly #timers: { at: number; wake: () => void }[] = [];

  now = () => this.#now;
  random = () => 0.5;
  pause = (ms: number, signal?: AbortSignal) =>
    new Promise<void>((wake) => {
      this.#timers.push({ at: this.#now + ms, wake });
      signal?.addEventListener('abort', () => wake(), { once: true });
    });

  /** @param limitMs the time at which to look at what has not ended yet */
  async until<T>(work: Promise<T>, limitMs = Number.POSITIVE_INFINITY): Promise<T | undefined> {
    let ended = false;
    const end = () => {
      ended = true;
    };
    work.then(end, end);
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (ended) return work;
      this.#timers.sort((a, b) => a.at - b.at);
      if ((this.#timers[0]?.at ?? limitMs) >= limitMs) return undefined;
      const next = this.#timers.shift();
      if (!next) throw new Error('nothing will ever happen');
      this.#now = Math.max(this.#now, next.at);
      next.wake();
    }
  }
}

class Service {
  readonly began: number[] = [];
  mostAtOnce = 0;
  readonly #time: Time;
  #atOnce = 0;

  constructor(time: Time) {
    this.#time = time;
  }

  async answerIn(ms: number): Promise<void> {
    this.began.push(this.#time.now());
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.#atOnce);
    await this.#time.pause(ms);
    this.#atOnce--;
  }

  mostInASecond(): number {
    const within = (from: number) => this.began.filter((at) => at >= from && at < from + 1_000).length;
    return Math.max(0, ...this.began.map(within));
  }
}
