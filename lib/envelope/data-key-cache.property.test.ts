import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DataKey } from './data-key.ts';
import { APP, ASKED, isAlive, newKey, setUp, turn } from './data-key-cache.fixture.ts';

const IDS = [randomUUID(), randomUUID(), randomUUID()] as const;

type Step =
  | { kind: 'get'; id: string; epoch: number; ttlMs: number }
  | { kind: 'wait'; ms: number }
  | { kind: 'answer'; at: number }
  | { kind: 'dropScope' | 'dropApp' | 'dropAll' };

const get = fc.record({
  kind: fc.constant('get' as const),
  id: fc.constantFrom(...IDS),
  epoch: fc.nat(1),
  ttlMs: fc.constantFrom(0, 5, 50),
});
const wait = fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(20) });
const answer = fc.record({ kind: fc.constant('answer' as const), at: fc.nat(5) });
const drop = fc.record({ kind: fc.constantFrom('dropScope' as const, 'dropApp' as const, 'dropAll' as const) });
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: get },
    { weight: 3, arbitrary: wait },
    { weight: 4, arbitrary: answer },
    { weight: 1, arbitrary: drop },
  ),
  { maxLength: 60 },
);

test('whatever happens in whatever order, no key is handed out past its time, its drop or its epoch', async () => {
  let handedOut = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (history) => {
      const run = new Run();
      for (const step of history) {
        run.take(step);
        await Promise.resolve();
        expect(run.cache.stats().entries).toBeLessThanOrEqual(2);
      }
      await run.end();
      handedOut += run.handedOut;
      refused += run.refused;
    }),
    { numRuns: 300 },
  );
  // The histories reached both outcomes.
  expect(handedOut).toBeGreaterThan(0);
  expect(refused).toBeGreaterThan(0);
});

/** A cache with room for two, and what is known from outside about each key that was loaded. */
class Run {
  handedOut = 0;
  refused = 0;
  readonly #world = setUp(2);
  readonly #origins = new Map<DataKey, { sentAt: number; drops: number; epoch: number }>();
  readonly #unanswered: (() => void)[] = [];
  readonly #callers: Promise<void>[] = [];
  #drops = 0;

  get cache() {
    return this.#world.cache;
  }

  take(step: Step): void {
    switch (step.kind) {
      case 'wait':
        this.#world.time.now += step.ms;
        return;
      case 'answer':
        this.#unanswered.splice(step.at, 1)[0]?.();
        return;
      case 'get':
        this.#callers.push(this.#get(step));
        return;
      case 'dropScope':
        this.cache.dropScope(ASKED.scope);
        break;
      case 'dropApp':
        this.cache.dropApp(APP);
        break;
      case 'dropAll':
        this.cache.dropAll();
        break;
    }
    this.#drops++;
    expect(this.cache.stats().entries).toBe(0);
  }

  async end(): Promise<void> {
    for (const give of this.#unanswered) give();
    await Promise.all(this.#callers);
    this.cache.dropAll();
    await turn();
    expect([...this.#origins.keys()].filter(isAlive)).toEqual([]);
  }

  async #get({ id, epoch, ttlMs }: Extract<Step, { kind: 'get' }>): Promise<void> {
    const asked = { drops: this.#drops, at: this.#world.time.now, hits: this.cache.stats().hits };
    const got = this.cache.getOrLoad({ ...ASKED, dataKeyId: id, epoch, ttlMs }, () => this.#load(id, epoch));
    const isHit = this.cache.stats().hits > asked.hits;
    const outcome = await got.then(
      (key) => ({ key }),
      (error: unknown) => ({ error }),
    );
    if ('error' in outcome) {
      this.refused++;
      expect(outcome.error).toMatchObject({ code: 'destroyed' });
      return;
    }
    this.handedOut++;
    const origin = this.#origins.get(outcome.key);
    if (origin === undefined) return expect.unreachable('a key of unknown origin');
    expect(outcome.key.id).toBe(id);
    expect(origin.epoch).toBeGreaterThanOrEqual(epoch);
    expect(origin.drops).toBeGreaterThanOrEqual(asked.drops);
    if (isHit) expect(asked.at - origin.sentAt).toBeLessThan(ttlMs);
  }

  #load(id: string, epoch: number): Promise<DataKey> {
    const key = newKey({ id });
    this.#origins.set(key, { sentAt: this.#world.time.now, drops: this.#drops, epoch });
    return new Promise((resolve) => this.#unanswered.push(() => resolve(key)));
  }
}
