import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { DataKey } from './data-key.ts';
import { DataKeyCache } from './data-key-cache.ts';

const TENANT = randomUUID();
const APP = randomUUID();
const ID = randomUUID();
const ASKED = { dataKeyId: ID, scope: 'version-1', epoch: 1, ttlMs: 60_000 };
const DESTROYED = expect.objectContaining({ code: 'destroyed' });

describe('time', () => {
  test('runs absolutely from the moment the load was sent, never from the last use', async () => {
    const { cache, time } = setUp();
    const first = pending();
    const got = cache.getOrLoad(ASKED, first.load);
    time.now += 5_000; // KMS takes its time: that counts too
    first.give(newKey());
    const key = await got;
    for (const now of [5_000, 30_000, 59_999]) {
      time.now = now;
      expect(await cache.getOrLoad(ASKED, never)).toBe(key);
    }
    time.now = 60_000;
    const fresh = newKey();
    expect(await cache.getOrLoad(ASKED, async () => fresh)).toBe(fresh);
    await turn();
    expect(isAlive(key)).toBe(false);
    expect(isAlive(fresh)).toBe(true);
  });

  test('a load that took longer than its time is handed to its waiters and not kept', async () => {
    const { cache, time } = setUp();
    const slow = pending();
    const got = cache.getOrLoad(ASKED, slow.load);
    time.now += 60_000;
    slow.give(newKey());
    expect(isAlive(await got)).toBe(true);
    expect(cache.stats().entries).toBe(0);
  });

  test('the shorter of what loader and reader were allowed counts', async () => {
    const { cache, time } = setUp();
    const key = await cache.getOrLoad(ASKED, async () => newKey());
    time.now = 10_000;
    expect(await cache.getOrLoad({ ...ASKED, ttlMs: 3_600_000 }, never)).toBe(key);
    const stricter = await cache.getOrLoad({ ...ASKED, ttlMs: 10_000 }, async () => newKey());
    expect(stricter).not.toBe(key);
    time.now = 20_000;
    expect(await cache.getOrLoad(ASKED, async () => newKey())).not.toBe(stricter);
  });

  test('a key that nobody asks for again is wiped when its time is over', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const cache = new DataKeyCache({ maxEntries: 10, clock: () => Date.now() });
    const key = await cache.getOrLoad(ASKED, async () => newKey());
    await vi.advanceTimersByTimeAsync(59_999);
    expect(isAlive(key)).toBe(true);
    await vi.advanceTimersByTimeAsync(2);
    expect(isAlive(key)).toBe(false);
    expect(cache.stats().entries).toBe(0);
  });

  test('a TTL is a number of milliseconds from 0 on', async () => {
    const { cache } = setUp();
    for (const ttlMs of [-1, Number.NaN]) {
      await expect(cache.getOrLoad({ ...ASKED, ttlMs }, never)).rejects.toThrow(RangeError);
    }
  });
});

describe('a TTL of 0', () => {
  test('never keeps a key, and one kept before is not served', async () => {
    const { cache } = setUp();
    const kept = await cache.getOrLoad(ASKED, async () => newKey());
    const first = await cache.getOrLoad({ ...ASKED, ttlMs: 0 }, async () => newKey());
    const second = await cache.getOrLoad({ ...ASKED, ttlMs: 0 }, async () => newKey());
    expect(new Set([kept, first, second]).size).toBe(3);
    expect(cache.stats()).toEqual({ hits: 0, misses: 3, loads: 3, entries: 0 });
  });

  test('lets 10,000 callers that miss at once share one load, use its key, and wipes it after that', async () => {
    const { cache } = setUp();
    const one = pending();
    const callers = Array.from({ length: 10_000 }, async () => {
      const key = await cache.getOrLoad({ ...ASKED, ttlMs: 0 }, one.load);
      expect(isAlive(key)).toBe(true);
      return key;
    });
    const key = newKey();
    one.give(key);
    expect(new Set(await Promise.all(callers))).toEqual(new Set([key]));
    expect(one.load).toHaveBeenCalledTimes(1);
    await turn();
    expect(isAlive(key)).toBe(false);
  });
});

describe('loads', () => {
  test('10,000 callers that miss at once cause one load; the next 10,000 none', async () => {
    const { cache } = setUp();
    const one = pending();
    const misses = Array.from({ length: 10_000 }, () => cache.getOrLoad(ASKED, one.load));
    one.give(newKey());
    const keys = await Promise.all(misses);
    const hits = await Promise.all(Array.from({ length: 10_000 }, () => cache.getOrLoad(ASKED, never)));
    expect(new Set([...keys, ...hits]).size).toBe(1);
    expect(one.load).toHaveBeenCalledTimes(1);
    expect(cache.stats()).toEqual({ hits: 10_000, misses: 10_000, loads: 1, entries: 1 });
  });

  test('a failing load is shared by its waiters and not kept', async () => {
    const { cache } = setUp();
    const one = pending();
    const failure = new Error('the key is disabled');
    const waiters = Array.from({ length: 1_000 }, () => cache.getOrLoad(ASKED, one.load));
    one.fail(failure);
    const outcomes = await Promise.allSettled(waiters);
    expect(outcomes.every((outcome) => outcome.status === 'rejected' && outcome.reason === failure)).toBe(true);
    expect(one.load).toHaveBeenCalledTimes(1);
    const key = newKey();
    expect(await cache.getOrLoad(ASKED, async () => key)).toBe(key);
  });

  test('a load that throws at once fails its caller only, and is not stuck', async () => {
    const { cache } = setUp();
    const thrower = () => {
      throw new Error('at once');
    };
    await expect(cache.getOrLoad(ASKED, thrower)).rejects.toThrow('at once');
    expect(await cache.getOrLoad(ASKED, async () => newKey())).toBeInstanceOf(DataKey);
  });

  test('a load that gives another data key is refused and its key wiped', async () => {
    const { cache } = setUp();
    const other = newKey({ id: randomUUID() });
    await expect(cache.getOrLoad(ASKED, async () => other)).rejects.toMatchObject({ code: 'wrong-data-key' });
    expect(isAlive(other)).toBe(false);
    expect(cache.stats().entries).toBe(0);
  });

  test('IDs are the same in either case', async () => {
    const { cache } = setUp();
    const key = await cache.getOrLoad(ASKED, async () => newKey());
    expect(await cache.getOrLoad({ ...ASKED, dataKeyId: ID.toUpperCase() }, never)).toBe(key);
    expect(cache.dropApp(APP.toUpperCase())).toBe(1);
  });
});

describe('epochs', () => {
  test('a key of an older epoch than the asked one is discarded and wiped', async () => {
    const { cache } = setUp();
    const old = await cache.getOrLoad(ASKED, async () => newKey());
    const fresh = await cache.getOrLoad({ ...ASKED, epoch: 2 }, async () => newKey());
    expect(fresh).not.toBe(old);
    expect(isAlive(old)).toBe(false);
  });

  test('a caller that knows an older epoch gets the newer key', async () => {
    const { cache } = setUp();
    const key = await cache.getOrLoad({ ...ASKED, epoch: 2 }, async () => newKey());
    expect(await cache.getOrLoad(ASKED, never)).toBe(key);
  });

  test('a running load of an older epoch is discarded: its waiters get destroyed, its key is wiped', async () => {
    const { cache } = setUp();
    const old = pending();
    const waiting = expect(cache.getOrLoad(ASKED, old.load)).rejects.toEqual(DESTROYED);
    const fresh = newKey();
    expect(await cache.getOrLoad({ ...ASKED, epoch: 2 }, async () => fresh)).toBe(fresh);
    const stale = newKey();
    old.give(stale);
    await waiting;
    expect(isAlive(stale)).toBe(false);
    expect(await cache.getOrLoad({ ...ASKED, epoch: 2 }, never)).toBe(fresh);
  });
});

describe('scopes', () => {
  test('a data key under another key version is loaded anew; one copy is kept', async () => {
    const { cache } = setUp();
    const before = await cache.getOrLoad({ ...ASKED, scope: 'platform' }, async () => newKey());
    const after = await cache.getOrLoad(ASKED, async () => newKey());
    expect(after).not.toBe(before);
    expect(cache.stats().entries).toBe(1);
    await turn();
    expect(isAlive(before)).toBe(false);
  });

  test('a slower load sent earlier does not replace a newer one', async () => {
    const { cache, time } = setUp();
    const slow = pending();
    const early = cache.getOrLoad({ ...ASKED, scope: 'platform' }, slow.load);
    time.now = 10;
    const newer = await cache.getOrLoad(ASKED, async () => newKey());
    slow.give(newKey());
    expect(await early).not.toBe(newer);
    expect(await cache.getOrLoad(ASKED, never)).toBe(newer);
  });
});

describe('drops', () => {
  test('dropScope wipes at once what this key version unwrapped, and nothing else', async () => {
    const { cache } = setUp();
    const mine = await cache.getOrLoad(ASKED, async () => newKey());
    const otherId = randomUUID();
    const other = { ...ASKED, dataKeyId: otherId, scope: 'version-2' };
    const spared = await cache.getOrLoad(other, async () => newKey({ id: otherId }));
    expect(cache.dropScope('version-1')).toBe(1);
    expect(isAlive(mine)).toBe(false);
    expect(await cache.getOrLoad(other, never)).toBe(spared);
    expect(cache.dropScope('version-1')).toBe(0);
  });

  test('dropScope with a new epoch spares what was loaded under it', async () => {
    const { cache } = setUp();
    const asked = { ...ASKED, epoch: 7 };
    const key = await cache.getOrLoad(asked, async () => newKey());
    expect(cache.dropScope('version-1', 7)).toBe(0);
    expect(await cache.getOrLoad(asked, never)).toBe(key);
    expect(cache.dropScope('version-1', 8)).toBe(1);
    expect(isAlive(key)).toBe(false);
  });

  const drops: [string, (cache: DataKeyCache) => unknown][] = [
    ['dropScope', (cache) => cache.dropScope('version-1')],
    ['dropScope with a new epoch', (cache) => cache.dropScope('version-1', 2)],
    ['dropApp', (cache) => cache.dropApp(APP)],
    ['dropAll', (cache) => cache.dropAll()],
  ];
  test.each(drops)('a load begun before %s is neither kept nor handed to anybody', async (_, drop) => {
    const { cache } = setUp();
    const before = pending();
    const waiting = expect(cache.getOrLoad(ASKED, before.load)).rejects.toEqual(DESTROYED);
    drop(cache);
    const after = pending();
    const later = cache.getOrLoad(ASKED, after.load);
    expect(after.load).toHaveBeenCalledTimes(1);
    const stale = newKey();
    before.give(stale);
    await waiting;
    expect(isAlive(stale)).toBe(false);
    expect(cache.stats().entries).toBe(0);
    const fresh = newKey();
    after.give(fresh);
    expect(await later).toBe(fresh);
    expect(await cache.getOrLoad(ASKED, never)).toBe(fresh);
  });

  test.each(drops)('%s wipes a key that is handed out and not kept, before its turn ends', async (_, drop) => {
    const { cache } = setUp();
    const key = await cache.getOrLoad({ ...ASKED, ttlMs: 0 }, async () => newKey());
    expect(isAlive(key)).toBe(true);
    drop(cache);
    expect(isAlive(key)).toBe(false);
  });

  test('a second drop reaches a load that the first one spared', async () => {
    const { cache } = setUp();
    const load = pending();
    const waiting = expect(cache.getOrLoad(ASKED, load.load)).rejects.toEqual(DESTROYED);
    cache.dropApp(randomUUID());
    expect(cache.dropScope('version-1')).toBe(1);
    load.give(newKey());
    await waiting;
  });

  test('dropApp spares the loads of other apps', async () => {
    const { cache } = setUp();
    const load = pending();
    const waiting = cache.getOrLoad(ASKED, load.load);
    expect(cache.dropApp(randomUUID())).toBe(0);
    const key = newKey();
    load.give(key);
    expect(await waiting).toBe(key);
    expect(await cache.getOrLoad(ASKED, never)).toBe(key);
  });

  test('the error of a dropped load reaches its waiters as it is', async () => {
    const { cache } = setUp();
    const load = pending();
    const waiting = expect(cache.getOrLoad(ASKED, load.load)).rejects.toThrow('the key is disabled');
    cache.dropAll();
    load.fail(new Error('the key is disabled'));
    await waiting;
  });
});

describe('room', () => {
  test('the least recently used key goes first, wiped at the end of the turn', async () => {
    const { cache } = setUp(2);
    const ids = [randomUUID(), randomUUID(), randomUUID()] as const;
    const get = (id: string) => cache.getOrLoad({ ...ASKED, dataKeyId: id }, async () => newKey({ id }));
    const first = await get(ids[0]);
    const second = await get(ids[1]);
    expect(await get(ids[0])).toBe(first);
    await get(ids[2]);
    expect(isAlive(second)).toBe(true);
    await turn();
    expect(isAlive(second)).toBe(false);
    expect(isAlive(first)).toBe(true);
    expect(cache.stats()).toMatchObject({ entries: 2, loads: 3 });
  });

  test('thousands of callers for more keys than fit can each use the key they get', async () => {
    const { cache } = setUp(3);
    const ids = Array.from({ length: 100 }, () => randomUUID());
    await Promise.all(
      Array.from({ length: 5_000 }, async (_, i) => {
        const id = ids[i % ids.length] ?? ID;
        const key = await cache.getOrLoad({ ...ASKED, dataKeyId: id }, async () => newKey({ id }));
        expect(key.id).toBe(id);
        expect(isAlive(key)).toBe(true);
      }),
    );
    expect(cache.stats()).toMatchObject({ loads: 100, entries: 3 });
  });

  test('a cache without room is refused', () => {
    for (const maxEntries of [0, -1, 1.5, Number.NaN])
      expect(() => new DataKeyCache({ maxEntries })).toThrow(RangeError);
  });
});

test('whatever happens in whatever order, no key is handed out past its time, its drop or its epoch', async () => {
  const step = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('get' as const),
        id: fc.nat(2),
        epoch: fc.nat(1),
        ttlMs: fc.constantFrom(0, 5, 50),
      }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(20) }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('answer' as const), at: fc.nat(5) }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constantFrom('dropScope' as const, 'dropApp' as const, 'dropAll' as const) }),
    },
  );
  const ids = [randomUUID(), randomUUID(), randomUUID()];
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const { cache, time } = setUp(2);
      const sent = new Map<DataKey, { at: number; drops: number; epoch: number }>();
      const loads: (() => void)[] = [];
      const waiting: Promise<void>[] = [];
      let drops = 0;
      for (const s of steps) {
        if (s.kind === 'wait') time.now += s.ms;
        else if (s.kind === 'answer') loads.splice(s.at, 1)[0]?.();
        else if (s.kind === 'get') {
          const id = ids[s.id] ?? ID;
          const asked = { drops, at: time.now, loads: cache.stats().loads };
          const load = () =>
            new Promise<DataKey>((resolve) => {
              const key = newKey({ id });
              sent.set(key, { at: time.now, drops, epoch: s.epoch });
              loads.push(() => resolve(key));
            });
          const before = cache.stats().hits;
          const got = cache.getOrLoad({ ...ASKED, dataKeyId: id, epoch: s.epoch, ttlMs: s.ttlMs }, load);
          const isHit = cache.stats().hits > before;
          waiting.push(
            got.then(
              (key) => {
                const origin = sent.get(key);
                expect(key.id).toBe(id);
                expect(origin?.epoch).toBeGreaterThanOrEqual(s.epoch);
                expect(origin?.drops).toBeGreaterThanOrEqual(asked.drops);
                if (isHit) expect(asked.at - (origin?.at ?? 0)).toBeLessThan(s.ttlMs);
              },
              (error) => expect(error).toEqual(DESTROYED),
            ),
          );
        } else {
          drops++;
          if (s.kind === 'dropScope') cache.dropScope(ASKED.scope);
          else if (s.kind === 'dropApp') cache.dropApp(APP);
          else cache.dropAll();
          expect(cache.stats().entries).toBe(0);
        }
        await Promise.resolve();
        expect(cache.stats().entries).toBeLessThanOrEqual(2);
      }
      for (const answer of loads) answer();
      await Promise.all(waiting);
      cache.dropAll();
      await turn();
      expect([...sent.keys()].filter(isAlive)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

function setUp(maxEntries = 10) {
  const time = { now: 0 };
  return { time, cache: new DataKeyCache({ maxEntries, clock: () => time.now }) };
}

function newKey({ id = ID }: { id?: string } = {}): DataKey {
  return DataKey.fromRaw({ id, tenantId: TENANT, appId: APP, raw: randomBytes(32) });
}

/** A load that ends when the test says so. */
function pending() {
  const { promise, resolve, reject } = Promise.withResolvers<DataKey>();
  return { load: vi.fn(() => promise), give: resolve, fail: reject };
}

async function never(): Promise<DataKey> {
  throw new Error('This caller should not have loaded.');
}

function isAlive(key: DataKey): boolean {
  try {
    key.seal(Buffer.alloc(0), {});
    return true;
  } catch (error) {
    expect(error).toEqual(DESTROYED);
    return false;
  }
}

/** Past everything that the cache put off to the end of the turn. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}
