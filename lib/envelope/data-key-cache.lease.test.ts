import { describe, expect, test } from 'vitest';
import { ASKED, newKey, pending, setUp } from './data-key-cache.fixture.ts';

// How a process that is stopped and goes on finds out: by the clock, at the moment of use.
const FOR_EVER = Number.POSITIVE_INFINITY;

describe('a key that was handed out', () => {
  test('may be used until its time is over, by whichever of loader and reader was allowed less', async () => {
    const { cache, time } = setUp();
    await cache.getOrLoad(ASKED, async () => newKey());
    time.now = 1;
    const long = cache.lease(3_600_000, FOR_EVER);
    const short = cache.lease(30_000, FOR_EVER);
    const key = await cache.getOrLoad({ ...ASKED, ttlMs: 30_000 }, async () => newKey());
    time.now = 29_999;
    expect([long(key), short(key)]).toEqual([true, true]);
    time.now = 30_000;
    expect([long(key), short(key)]).toEqual([true, false]);
    time.now = 60_000;
    expect([long(key), short(key)]).toEqual([false, false]);
  });

  test('may not be used on knowledge that has grown too old, although its own time runs on', async () => {
    const { cache, time } = setUp();
    await cache.getOrLoad(ASKED, async () => newKey());
    time.now = 1;
    const mayUse = cache.lease(ASKED.ttlMs, 10_000);
    const key = await cache.getOrLoad(ASKED, async () => newKey());
    time.now = 9_999;
    expect(mayUse(key)).toBe(true);
    time.now = 10_000;
    expect(mayUse(key)).toBe(false);
  });

  test('may be used at once by whoever waited for it, with no time to live at all', async () => {
    const { cache, time } = setUp();
    const slow = pending();
    const mayUse = cache.lease(0, 0);
    const got = cache.getOrLoad({ ...ASKED, ttlMs: 0 }, slow.load);
    time.now = 4_000;
    slow.give(newKey());
    const key = await got;
    expect(mayUse(key)).toBe(true);
    time.now = 6_000;
    expect(mayUse(key)).toBe(false);
  });

  test('may not be used where the answer came later than answers do: it lay about while the process was stopped', async () => {
    const { cache, time } = setUp();
    const stopped = pending();
    const mayUse = cache.lease(0, 0);
    const got = cache.getOrLoad({ ...ASKED, ttlMs: 0 }, stopped.load);
    time.now = 10_000;
    stopped.give(newKey());
    expect(mayUse(await got)).toBe(false);
  });

  test('that this cache never loaded may not be used', () => {
    const { cache } = setUp();
    expect(cache.lease(60_000, FOR_EVER)(newKey())).toBe(false);
  });
});

describe('a key that is limited', () => {
  test('answers `destroyed` when it may not be used, and is destroyed with the other', () => {
    const key = newKey();
    let may = true;
    const limited = key.limitedTo(() => may);
    expect(limited).toMatchObject({ id: key.id, tenantId: key.tenantId, appId: key.appId });
    const sealed = limited.seal(Buffer.from('hello'), {});
    expect(sealed).toHaveLength(62);
    may = false;
    expect(() => limited.seal(Buffer.from('hello'), {})).toThrow(expect.objectContaining({ code: 'destroyed' }));
    may = true;
    key.destroy();
    expect(() => limited.seal(Buffer.from('hello'), {})).toThrow(expect.objectContaining({ code: 'destroyed' }));
  });
});
