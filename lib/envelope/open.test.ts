import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DataKey } from './data-key.ts';
import { DataKeyCache } from './data-key-cache.ts';
import type { DataKeySource, Scope } from './data-key-source.ts';
import { EnvelopeError } from './errors.ts';
import { openItems } from './open.ts';
import { sealItems } from './seal.ts';

const SCOPE: Scope = { tenantId: randomUUID(), appId: randomUUID() };
const CONTEXT = { table: 'messages', record: '1' };
const HELLO = { plaintext: Buffer.from('hello'), context: CONTEXT };

describe('seal and open', () => {
  test('give back every item in its order, under the current data key', async () => {
    const source = new MemorySource();
    const current = source.add(SCOPE);
    const items = Array.from({ length: 100 }, (_, i) => ({
      plaintext: randomBytes(i),
      context: { ...CONTEXT, record: `${i}` },
    }));
    const envelopes = await sealItems(source, SCOPE, items);
    const opened = await openItems(
      source,
      SCOPE,
      envelopes.map((envelope, i) => ({ envelope, context: { record: `${i}`, table: 'messages' } })),
    );
    expect(opened).toEqual(items.map(({ plaintext }) => ({ ok: true, plaintext, dataKeyId: current })));
  });

  test('open under the data key that the envelope names, after the current one has changed', async () => {
    const source = new MemorySource();
    const first = source.add(SCOPE);
    const before = await sealItems(source, SCOPE, [HELLO]);
    const second = source.add(SCOPE);
    const after = await sealItems(source, SCOPE, [HELLO]);
    const opened = await openItems(source, SCOPE, allOf(after, before, after));
    expect(opened.map((result) => result.ok && result.dataKeyId)).toEqual([second, first, second]);
  });

  test('ask for each data key once, however many items name it', async () => {
    const source = new MemorySource();
    source.add(SCOPE);
    const envelopes = await sealItems(source, SCOPE, [HELLO, HELLO, HELLO]);
    expect(source.asked).toEqual(['current']);
    await openItems(source, SCOPE, allOf(envelopes));
    expect(source.asked).toEqual(['current', 'byId']);
  });

  test('with no items ask for nothing', async () => {
    const source = new MemorySource();
    expect(await sealItems(source, SCOPE, [])).toEqual([]);
    expect(await openItems(source, SCOPE, [])).toEqual([]);
    expect(source.asked).toEqual([]);
  });

  test('work for thousands of callers at once with a cache that holds one key', async () => {
    const source = new MemorySource(new DataKeyCache({ maxEntries: 1 }));
    const scopes = Array.from({ length: 50 }, () => ({ ...SCOPE, appId: randomUUID() }));
    for (const scope of scopes) source.add(scope);
    const opened = await Promise.all(
      Array.from({ length: 5_000 }, async (_, i) => {
        const scope = scopes[i % scopes.length] ?? SCOPE;
        const [envelope = Buffer.alloc(0)] = await sealItems(source, scope, [HELLO]);
        const [result] = await openItems(source, scope, [{ envelope, context: CONTEXT }]);
        return result?.ok;
      }),
    );
    expect(new Set(opened)).toEqual(new Set([true]));
  });

  test('never keep a key that may not be cached, and still work', async () => {
    const source = new MemorySource(new DataKeyCache({ maxEntries: 9 }), 0);
    source.add(SCOPE);
    const opened = await openItems(source, SCOPE, allOf(await sealItems(source, SCOPE, [HELLO])));
    expect(opened).toMatchObject([{ ok: true, plaintext: HELLO.plaintext }]);
    expect(source.unwraps).toBe(2);
  });
});

describe('refusals', () => {
  test('every cryptographic failure is the same to the caller', async () => {
    const source = new MemorySource();
    source.add(SCOPE);
    const foreign = { tenantId: randomUUID(), appId: SCOPE.appId };
    const otherApp = { tenantId: SCOPE.tenantId, appId: randomUUID() };
    source.add(foreign);
    source.add(otherApp);
    const [mine = Buffer.alloc(0)] = await sealItems(source, SCOPE, [HELLO]);
    const [theirs = Buffer.alloc(0)] = await sealItems(source, foreign, [HELLO]);
    const [others = Buffer.alloc(0)] = await sealItems(source, otherApp, [HELLO]);
    const changed = Buffer.from(mine);
    changed[60] = (changed[60] ?? 0) ^ 1;
    const renamed = Buffer.concat([mine.subarray(0, 1), theirs.subarray(1, 17), mine.subarray(17)]);
    const results = await openItems(source, SCOPE, [
      ...allOf([theirs, others, changed, renamed]),
      { envelope: mine, context: { ...CONTEXT, record: '2' } },
    ]);
    const said = results.map(
      (result) => !result.ok && JSON.stringify({ ...result.error, message: result.error.message }),
    );
    expect(said).toEqual(
      Array(5).fill('{"name":"EnvelopeError","code":"cannot-open","message":"The envelope cannot be opened."}'),
    );
    const details = new Set(
      results.map((result) => !result.ok && result.error instanceof EnvelopeError && result.error.detail),
    );
    expect(details.size).toBe(2);
  });

  test('each item is answered or refused on its own', async () => {
    const source = new MemorySource();
    source.add(SCOPE);
    const [envelope = Buffer.alloc(0)] = await sealItems(source, SCOPE, [HELLO]);
    const results = await openItems(source, SCOPE, [
      { envelope: Buffer.alloc(0), context: CONTEXT },
      { envelope, context: CONTEXT },
      { envelope: Buffer.alloc(100, 3), context: CONTEXT },
      { envelope, context: { a: '\uD800' } },
      { envelope: envelope.subarray(0, 57), context: CONTEXT },
      { envelope, context: CONTEXT },
    ]);
    expect(
      results.map((result) => (result.ok ? 'ok' : result.error instanceof EnvelopeError && result.error.code)),
    ).toEqual(['malformed', 'ok', 'unknown-version', 'bad-context', 'cannot-open', 'ok']);
  });

  test('what can be refused without a key asks for none', async () => {
    const source = new MemorySource();
    source.add(SCOPE);
    const bad = { a: '\uD800' };
    await expect(sealItems(source, SCOPE, [HELLO, { ...HELLO, context: bad }])).rejects.toMatchObject({
      code: 'bad-context',
    });
    await openItems(source, SCOPE, [
      { envelope: Buffer.alloc(57, 1), context: bad },
      { envelope: Buffer.alloc(56, 1), context: CONTEXT },
    ]);
    expect(source.asked).toEqual([]);
  });

  test('random bytes never open and only ever give an EnvelopeError', async () => {
    const source = new MemorySource();
    source.add(SCOPE);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 90 }), { maxLength: 5 }), async (envelopes) => {
        // Half of them get past the version.
        const items = [...envelopes, ...envelopes.map((bytes) => new Uint8Array([1, ...bytes]))];
        for (const result of await openItems(
          source,
          SCOPE,
          items.map((envelope) => ({ envelope, context: {} })),
        )) {
          expect(!result.ok && result.error).toBeInstanceOf(EnvelopeError);
        }
      }),
    );
  });
});

describe('the data key source', () => {
  test('what it throws passes through unchanged, for the items of that data key only', async () => {
    const source = new MemorySource();
    const lost = source.add(SCOPE);
    const before = await sealItems(source, SCOPE, [HELLO]);
    source.add(SCOPE);
    const after = await sealItems(source, SCOPE, [HELLO]);
    const revoked = new Error('the key is disabled');
    source.failures.set(lost, revoked);
    const results = await openItems(source, SCOPE, allOf(before, after, before));
    expect(results.map((result) => result.ok)).toEqual([false, true, false]);
    for (const result of results) if (!result.ok) expect(result.error).toBe(revoked);
  });

  test('what it throws while sealing passes through unchanged', async () => {
    const source = new MemorySource();
    const lost = source.add(SCOPE);
    const revoked = new Error('the key is disabled');
    source.failures.set(lost, revoked);
    await expect(sealItems(source, SCOPE, [HELLO])).rejects.toBe(revoked);
  });

  test('a key of another tenant or app that it hands out seals and opens nothing', async () => {
    const foreign = { tenantId: randomUUID(), appId: SCOPE.appId };
    const inner = new MemorySource();
    inner.add(foreign);
    const envelopes = await sealItems(inner, foreign, [HELLO]);
    const confused: DataKeySource = {
      current: () => inner.current(foreign),
      byId: (_, id) => inner.byId(foreign, id),
    };
    await expect(sealItems(confused, SCOPE, [HELLO])).rejects.toMatchObject({ code: 'wrong-data-key' });
    const results = await openItems(confused, SCOPE, allOf(envelopes));
    expect(results).toMatchObject([{ ok: false, error: { code: 'cannot-open' } }]);
  });

  test('is asked again for a key that was destroyed before it was used', async () => {
    const source = new MemorySource();
    source.add(SCOPE);
    source.destroyed = 2;
    const envelopes = await sealItems(source, SCOPE, [HELLO]);
    source.destroyed = 2;
    expect(await openItems(source, SCOPE, allOf(envelopes, envelopes))).toMatchObject([{ ok: true }, { ok: true }]);
    expect(source.asked).toEqual([...Array(3).fill('current'), ...Array(3).fill('byId')]);
  });

  test('is asked three times at most', async () => {
    const source = new MemorySource();
    source.add(SCOPE);
    const envelopes = await sealItems(source, SCOPE, [HELLO]);
    source.destroyed = Number.POSITIVE_INFINITY;
    await expect(sealItems(source, SCOPE, [HELLO])).rejects.toMatchObject({ code: 'destroyed' });
    expect(await openItems(source, SCOPE, allOf(envelopes))).toMatchObject([
      { ok: false, error: { code: 'destroyed' } },
    ]);
    expect(source.asked.length).toBe(1 + 3 + 3);
  });
});

/** A source over rows in memory; each unwrap makes a new instance, as a KMS call would. */
class MemorySource implements DataKeySource {
  readonly asked: ('current' | 'byId')[] = [];
  readonly failures = new Map<string, Error>();
  /** How many of the next keys are wiped on their way to the caller. */
  destroyed = 0;
  unwraps = 0;
  readonly #rows: { id: string; scope: Scope; raw: Buffer }[] = [];
  readonly #cache: DataKeyCache | undefined;
  readonly #ttlMs: number;

  constructor(cache?: DataKeyCache, ttlMs = 60_000) {
    this.#cache = cache;
    this.#ttlMs = ttlMs;
  }

  add(scope: Scope): string {
    const id = randomUUID();
    this.#rows.unshift({ id, scope, raw: randomBytes(32) });
    return id;
  }

  async current(scope: Scope): Promise<DataKey> {
    this.asked.push('current');
    const key = await this.#get(scope, () => true);
    if (key === undefined) throw new Error('no data key');
    return key;
  }

  async byId(scope: Scope, dataKeyId: string): Promise<DataKey | undefined> {
    this.asked.push('byId');
    return this.#get(scope, (id) => id === dataKeyId);
  }

  async #get(scope: Scope, matches: (id: string) => boolean): Promise<DataKey | undefined> {
    const row = this.#rows.find(
      (row) => row.scope.tenantId === scope.tenantId && row.scope.appId === scope.appId && matches(row.id),
    );
    if (row === undefined) return undefined;
    const load = async () => {
      this.unwraps++;
      await new Promise((resolve) => setImmediate(resolve));
      const failure = this.failures.get(row.id);
      if (failure !== undefined) throw failure;
      return DataKey.fromRaw({ id: row.id, ...row.scope, raw: row.raw });
    };
    const asked = { dataKeyId: row.id, scope: 'platform', epoch: 0, ttlMs: this.#ttlMs };
    const key = await (this.#cache?.getOrLoad(asked, load) ?? load());
    if (this.destroyed > 0) {
      this.destroyed--;
      key.destroy();
    }
    return key;
  }
}

function allOf(...lists: Buffer[][]) {
  return lists.flat().map((envelope) => ({ envelope, context: CONTEXT }));
}
