import { randomUUID } from 'node:crypto';
import { dataKeyCheck, verifyDataKeyCheck } from './check-value.ts';
import type { Clock } from './clock.ts';
import { DataKey } from './data-key.ts';
import { DataKeyCache } from './data-key-cache.ts';
import type { DataKeySource, Scope } from './data-key-source.ts';
import { EnvelopeError } from './errors.ts';

/** A data key as it is stored: nothing of it is secret. */
export type WrappedDataKey = Readonly<{
  /** A UUID. */
  id: string;
  wrapped: Uint8Array;
  /** 32 bytes that recognise the data key when it is unwrapped: check-value.ts. */
  check: Uint8Array;
}>;

/** The wrapping key, as this process reaches it. What it throws passes on unchanged. `kms-source-aws.ts` is one. */
export interface KeyWrapper {
  /** A fresh data key of 32 bytes. The buffer is the caller's, who wipes it. */
  generate(scope: Scope): Promise<{ plaintext: Buffer; wrapped: Uint8Array }>;
  /** @returns 32 bytes, the caller's, who wipes them */
  unwrap(wrapped: Uint8Array, scope: Scope): Promise<Buffer>;
}

/** Where a service keeps its wrapped data keys. Shared by all of its processes; every look-up names tenant and app. */
export interface DataKeyStore {
  /** The data key for new data; undefined where there is none, or it is old enough to be replaced (90 days do). */
  current(scope: Scope): Promise<WrappedDataKey | undefined>;
  byId(scope: Scope, id: string): Promise<WrappedDataKey | undefined>;
  /**
   * Makes `key` the current one of its app, if `instead` still is (undefined: if there is none that `current` would give).
   * Committed when it returns. @returns the current one afterwards: where two processes try at once, both get the same
   */
  makeCurrent(scope: Scope, key: WrappedDataKey, instead: string | undefined): Promise<WrappedDataKey>;
  /** Adds to how many messages were sealed under it, for good. @returns how many that are in all */
  count(scope: Scope, id: string, messages: number): Promise<number>;
}

export type WrappedKeysOptions = Readonly<{
  wrapper: KeyWrapper;
  store: DataKeyStore;
  /** How long an unwrapped data key may be used, in seconds from when it was asked for. 0: it is never kept. */
  cacheSeconds: number;
  /** How many unwrapped data keys are held at once. */
  maxKeys?: number;
  clock?: Clock;
}>;

/** After so many messages a data key is replaced (README.md, "Decisions"). */
export const MAX_MESSAGES = 2 ** 40;

/** Data keys that this process unwraps by itself, and a service keeps wrapped in a store of its own. */
export function wrappedKeys(options: WrappedKeysOptions): WrappedKeys {
  return new WrappedKeys(options);
}

export class WrappedKeys implements DataKeySource {
  readonly #options: WrappedKeysOptions;
  readonly #cache: DataKeyCache;
  /** What this process may still seal under a data key before it counts again: blocks make most messages cost nothing. */
  readonly #allowances = new Map<string, { left: number }>();
  readonly #making = new Map<string, Promise<WrappedDataKey>>();
  #closed = false;

  constructor(options: WrappedKeysOptions) {
    if (!(options.cacheSeconds >= 0 && options.cacheSeconds <= 3600))
      throw new RangeError('Data keys are kept for 0 to 3600 seconds.');
    this.#options = options;
    this.#cache = new DataKeyCache({
      maxEntries: options.maxKeys ?? 1000,
      ...(options.clock && { clock: options.clock }),
    });
  }

  async current(scope: Scope, messages: number): Promise<DataKey> {
    const { store } = this.#options;
    const stored = (await store.current(scope)) ?? (await this.#make(scope, undefined));
    if (await this.#counted(scope, stored.id, messages)) return this.#unwrapped(scope, stored);
    const next = await this.#make(scope, stored.id);
    await this.#counted(scope, next.id, messages);
    return this.#unwrapped(scope, next);
  }

  async byId(scope: Scope, dataKeyId: string): Promise<DataKey | undefined> {
    const stored = await this.#options.store.byId(scope, dataKeyId);
    return stored && this.#unwrapped(scope, stored);
  }

  /** Wipes every copy now, for instance when the wrapping key was revoked. */
  drop(): void {
    this.#cache.dropAll();
  }

  /** Wipes every copy; the source gives out nothing any more. */
  close(): void {
    this.#closed = true;
    this.drop();
  }

  async #unwrapped(scope: Scope, stored: WrappedDataKey): Promise<DataKey> {
    if (this.#closed) throw new EnvelopeError('destroyed', 'The source was closed.');
    const ttlMs = this.#options.cacheSeconds * 1000;
    const mayUse = this.#cache.lease(ttlMs, Number.POSITIVE_INFINITY);
    const asked = { dataKeyId: stored.id, scope: `${scope.tenantId} ${scope.appId}`, epoch: 0, ttlMs };
    const key = await this.#cache.getOrLoad(asked, () => this.#unwrap(scope, stored));
    return key.limitedTo(() => mayUse(key));
  }

  async #unwrap(scope: Scope, { id, wrapped, check }: WrappedDataKey): Promise<DataKey> {
    const raw = await this.#options.wrapper.unwrap(wrapped, scope);
    try {
      if (!verifyDataKeyCheck(raw, { ...scope, dataKeyId: id }, check))
        throw new EnvelopeError(
          'wrong-data-key',
          'What was unwrapped is not the data key that its check value was made of.',
        );
      return DataKey.fromRaw({ ...scope, id, raw });
    } finally {
      raw.fill(0);
    }
  }

  /** One at a time per app in this process. */
  #make(scope: Scope, instead: string | undefined): Promise<WrappedDataKey> {
    const app = `${scope.tenantId} ${scope.appId}`;
    const running = this.#making.get(app);
    if (running !== undefined) return running;
    const making = this.#makeNow(scope, instead).finally(() => this.#making.delete(app));
    this.#making.set(app, making);
    return making;
  }

  /** Read back before anybody stores it: a data key that does not unwrap is data that is lost. */
  async #makeNow(scope: Scope, instead: string | undefined): Promise<WrappedDataKey> {
    const { wrapper, store } = this.#options;
    const { plaintext, wrapped } = await wrapper.generate(scope);
    const id = randomUUID();
    try {
      const key = { id, wrapped, check: dataKeyCheck(plaintext, { ...scope, dataKeyId: id }) };
      (await this.#unwrap(scope, key)).destroy();
      return await store.makeCurrent(scope, key, instead);
    } finally {
      plaintext.fill(0);
    }
  }

  /** Counts before anything is sealed. @returns false where the data key has had its share */
  async #counted(scope: Scope, id: string, messages: number): Promise<boolean> {
    const allowance = this.#allowances.get(id) ?? { left: 0 };
    this.#allowances.delete(id);
    this.#allowances.set(id, allowance);
    // Whoever is forgotten counts a block anew: too many, never too few.
    for (const oldest of this.#allowances.keys()) {
      if (this.#allowances.size <= MAX_ALLOWANCES) break;
      this.#allowances.delete(oldest);
    }
    if (allowance.left < messages) {
      const block = Math.max(COUNTED_AT_ONCE, messages);
      if ((await this.#options.store.count(scope, id, block)) > MAX_MESSAGES) return false;
      allowance.left += block;
    }
    allowance.left -= messages;
    return true;
  }
}

const COUNTED_AT_ONCE = 2 ** 16;
const MAX_ALLOWANCES = 10_000;
