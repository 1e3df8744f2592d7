import { randomUUID } from 'node:crypto';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { DataKey } from './data-key.ts';
import { APP, ASKED, ID, isAlive, never, newKey, pending, setUp, turn } from './data-key-cache.fixture.ts';
import { DataKeyCache } from './data-key-cache.ts';

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
