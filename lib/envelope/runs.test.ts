import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DataKey } from './data-key.ts';
import { openItems } from './open.ts';
import { fillFromPool } from './random-pool.ts';
import { RecentKeys } from './recent-keys.ts';
import { sealItems } from './seal.ts';
import { type NonceOptions, RUN_BYTES, RUN_MESSAGES, XaesKey } from './xaes.ts';

// Messages sealed under one derived key: what that saves, and what it must never cost.
const EMPTY = Buffer.alloc(0);
const RAW = Buffer.alloc(32, 7);

describe('a run', () => {
  test('keeps twelve random bytes of the nonce and draws the other twelve for every message', () => {
    const nonces = sealMany(new XaesKey(RAW), 2000);
    expect(new Set(nonces.map(({ prefix }) => prefix)).size).toBe(1);
    expect(new Set(nonces.map(({ rest }) => rest)).size).toBe(2000);
  });

  test('is of one copy of a data key in memory: another one, of the same key, begins its own', () => {
    const prefixes = Array.from({ length: 50 }, () => sealMany(new XaesKey(RAW), 1)[0]?.prefix);
    expect(new Set(prefixes).size).toBe(50);
  });

  test('ends after as many messages as it may have', () => {
    const runs = runsOf(sealMany(new XaesKey(RAW, { runMessages: 3 }), 10));
    expect(runs).toEqual([3, 3, 3, 1]);
  });

  test('ends before it has more bytes than it may have', () => {
    const key = new XaesKey(RAW, { runBytes: 100 });
    const nonces = [60, 40, 1, 99, 0, 1].map((bytes) => sealed(key, bytes));
    expect(runsOf(nonces)).toEqual([2, 3, 1]);
  });

  test('never has more than 2^20 messages or 2^40 bytes, whatever is asked for', () => {
    expect([RUN_MESSAGES, RUN_BYTES]).toEqual([1_048_576, 1_099_511_627_776]);
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    onTestFinished(() => {
      Error.stackTraceLimit = stackTraceLimit;
    });
    const key = new XaesKey(RAW, { runMessages: 2 ** 40, runBytes: 2 ** 50 });
    const first = sealed(key).prefix;
    // Room for the run's part of the nonce only: what fails is counted like what succeeds, and takes a tenth of the time.
    const target = Buffer.alloc(12);
    for (let i = 1; i < RUN_MESSAGES; i++) fails(() => key.sealInto(target, 0, EMPTY, EMPTY));
    expect(target.toString('hex')).toBe(first);
    expect(sealed(key).prefix).not.toBe(first);
  });

  test('is counted before anything is sealed: a failure gives nothing back', () => {
    const key = new XaesKey(RAW, { runMessages: 3 });
    const { prefix } = sealed(key);
    for (let i = 0; i < 2; i++) expect(() => key.sealInto(Buffer.alloc(10), 0, EMPTY, EMPTY)).toThrow(RangeError);
    expect(sealed(key).prefix).not.toBe(prefix);
  });

  test('that could not begin is not the one before: whoever asks next begins one', () => {
    let fails = false;
    const random: NonceOptions['random'] = (...place) => {
      if (fails) throw new Error('no entropy');
      fillFromPool(...place);
    };
    const key = new XaesKey(RAW, { random, runMessages: 1 });
    const { prefix } = sealed(key);
    fails = true;
    for (let i = 0; i < 3; i++) expect(() => sealed(key)).toThrow('no entropy');
    fails = false;
    expect(sealed(key).prefix).not.toBe(prefix);
  });

  test('is shared by the limited copies of a data key', () => {
    const key = dataKey({ runMessages: 4 });
    const copies = [key.limitedTo(() => true), key, key.limitedTo(() => true).limitedTo(() => true)];
    const nonces = Array.from({ length: 9 }, (_, i) => {
      const envelope = copies[i % 3]?.seal(EMPTY, {}) ?? EMPTY;
      return { prefix: envelope.toString('hex', 17, 29), rest: envelope.toString('hex', 29, 41) };
    });
    expect(runsOf(nonces)).toEqual([4, 4, 1]);
  });

  test('is kept to by any number of callers at once', async () => {
    const key = dataKey({ runMessages: 7 });
    const source = { current: async () => key.limitedTo(() => true), byId: async () => key };
    const items = Array.from({ length: 5 }, () => ({ plaintext: randomBytes(9), context: {} }));
    const all = await Promise.all(Array.from({ length: 200 }, () => sealItems(source, key, items)));
    const counts = new Map<string, number>();
    for (const envelope of all.flat()) {
      const prefix = envelope.toString('hex', 17, 29);
      counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
    }
    expect(Math.max(...counts.values())).toBe(7);
    expect(counts.size).toBe(Math.ceil(1000 / 7));
    const opened = await openItems(
      source,
      key,
      all.flat().map((envelope) => ({ envelope, context: {} })),
    );
    expect(opened.every(({ ok }) => ok)).toBe(true);
  });
});

describe('opening', () => {
  test('is the same whichever run a message is of, however many there are and in whatever order they come', () => {
    const messages = Array.from({ length: 40 }, (_, i) => {
      const target = Buffer.alloc(41);
      new XaesKey(RAW).sealInto(target, 0, Buffer.of(i), EMPTY);
      return { target, i };
    });
    const reader = new XaesKey(RAW);
    for (let round = 0; round < 20; round++) {
      for (const { target, i } of messages.toSorted(() => Math.random() - 0.5)) {
        expect(reader.openFrom(target, 0, EMPTY)).toEqual(Buffer.of(i));
      }
    }
  });

  test('is over when the key was destroyed, for its own run and for those that it has read', () => {
    const other = sealedBytes(new XaesKey(RAW));
    const key = new XaesKey(RAW);
    const own = sealedBytes(key);
    for (const bytes of [own, other]) expect(key.openFrom(bytes, 0, EMPTY).length).toBe(0);
    key.destroy();
    const destroyed = expect.objectContaining({ code: 'destroyed' });
    for (const bytes of [own, other]) expect(() => key.openFrom(bytes, 0, EMPTY)).toThrow(destroyed);
    expect(() => sealedBytes(key)).toThrow(destroyed);
  });
});

describe('the derived keys that are kept for reading', () => {
  const prefixes = Array.from({ length: 12 }, (_, i) => new Uint8Array(12).fill(i));
  const keys = prefixes.map((prefix) => new XaesKey(RAW).messageKey(prefix));
  const keep = (recent: RecentKeys, i: number) =>
    recent.keep(prefixes[i] ?? EMPTY, 0, keys[i] as (typeof keys)[number]);
  const known = (recent: RecentKeys, i: number) => recent.find(Buffer.concat([Buffer.of(0), prefixes[i] ?? EMPTY]), 1);

  test('are eight at most, and who was not used longest goes first', () => {
    const recent = new RecentKeys();
    for (let i = 0; i < 8; i++) keep(recent, i);
    expect(known(recent, 0)).toBe(keys[0]);
    keep(recent, 8);
    expect(known(recent, 1)).toBeUndefined();
    expect(known(recent, 0)).toBe(keys[0]);
    for (let i = 2; i < 9; i++) expect(known(recent, i)).toBe(keys[i]);
  });

  test('are found by all twelve bytes only', () => {
    const recent = new RecentKeys();
    keep(recent, 3);
    for (let at = 0; at < 12; at++) {
      const other = Uint8Array.from(prefixes[3] ?? EMPTY);
      other[at] = 99;
      expect(recent.find(other, 0)).toBeUndefined();
    }
    expect(recent.find(prefixes[3]?.subarray(0, 11) ?? EMPTY, 0)).toBeUndefined();
  });
});

type Nonce = { prefix: string; rest: string };

function sealMany(key: XaesKey, count: number): Nonce[] {
  return Array.from({ length: count }, () => sealed(key));
}

function sealed(key: XaesKey, bytes = 0): Nonce {
  const target = sealedBytes(key, bytes);
  return { prefix: target.toString('hex', 0, 12), rest: target.toString('hex', 12, 24) };
}

function sealedBytes(key: XaesKey, bytes = 0): Buffer {
  const target = Buffer.alloc(bytes + 40);
  key.sealInto(target, 0, Buffer.alloc(bytes), EMPTY);
  return target;
}

/** Without the matchers, for a million times. */
function fails(run: () => void): void {
  try {
    run();
  } catch {
    return;
  }
  expect.unreachable('It had room.');
}

/** How many messages each run had, in their order. */
function runsOf(nonces: readonly Nonce[]): number[] {
  const runs: { prefix: string; count: number }[] = [];
  for (const { prefix } of nonces) {
    const last = runs.at(-1);
    if (last?.prefix === prefix) last.count++;
    else runs.push({ prefix, count: 1 });
  }
  return runs.map(({ count }) => count);
}

function dataKey(nonces: NonceOptions): DataKey {
  return DataKey.fromRaw({ id: randomUUID(), tenantId: randomUUID(), appId: randomUUID(), raw: RAW, nonces });
}
