import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { APP, ASKED, isAlive, never, newKey, pending, setUp, turn } from './data-key-cache.fixture.ts';
import type { DataKeyCache } from './data-key-cache.ts';

const DESTROYED = expect.objectContaining({ code: 'destroyed' });

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
