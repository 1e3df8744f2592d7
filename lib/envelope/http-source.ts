import { Refusal } from '../byok/errors.ts';
import { type Clock, elapsedMs } from './clock.ts';
import type { DataKey } from './data-key.ts';
import { DataKeyCache } from './data-key-cache.ts';
import type { DataKeySource, Scope } from './data-key-source.ts';
import { EnvelopeError } from './errors.ts';
import { askForLease, type Lease, type LeaseEndpoint, type LeaseRequest } from './http-source-lease.ts';

export type LeasedKeysOptions = Readonly<{
  /** Where Keyward's data plane is: https, or http on this machine. */
  url: string | URL;
  /** A bearer token of one tenant, with the action `lease`. */
  token: string;
  /** How many data keys are held at once. */
  maxKeys?: number;
  /** How long an answer may take, in ms. */
  answerWithinMs?: number;
  clock?: Clock;
  fetch?: typeof fetch;
}>;

/** The most messages that one call may seal. */
export const MAX_LEASED_MESSAGES = 2 ** 20;

/**
 * Data keys that Keyward lends over HTTP, each no longer than the tenant lets any copy live. Within that time Keyward is not
 * asked again, whatever happens: new data goes on under the data key that was current, and a revocation takes effect at
 * the end of the lease at the latest. With a cache time of 0 Keyward is asked by every call.
 *
 * A refusal passes on as it came, and nothing else is tried: Refusal with Keyward's code (byok/errors.ts), `unavailable` where
 * it cannot be reached. One that says that the key or the token was revoked drops the copies concerned at once.
 * @throws TypeError for a URL to which no token should be sent
 */
export function leasedKeys(options: LeasedKeysOptions): LeasedKeys {
  return new LeasedKeys(options);
}

export class LeasedKeys implements DataKeySource {
  readonly #at: LeaseEndpoint;
  readonly #clock: Clock;
  readonly #cache: DataKeyCache;
  readonly #maxKeys: number;
  readonly #closing = new AbortController();
  /** By app: its current data key, and what may still be sealed under it. Least recently leased first. */
  readonly #allowances = new Map<string, Allowance>();
  /** Questions that have not been answered: whoever asks the same meanwhile waits along. */
  readonly #asking = new Map<string, Promise<Allowance>>();
  readonly #stale = new Set<string>();
  /** How often copies were dropped: an answer to what was asked before is not used. */
  #drops = 0;

  constructor({
    url,
    token,
    maxKeys = 1000,
    answerWithinMs = 10_000,
    clock = elapsedMs,
    fetch = globalThis.fetch,
  }: LeasedKeysOptions) {
    const signal = () => AbortSignal.any([this.#closing.signal, AbortSignal.timeout(answerWithinMs)]);
    this.#at = { url: safeUrl(url), token, fetch, signal };
    this.#clock = clock;
    this.#maxKeys = maxKeys;
    this.#cache = new DataKeyCache({ maxEntries: maxKeys, clock, answerWithinMs });
  }

  /** @throws RangeError for more messages than one lease may hold */
  async current(scope: Scope, messages: number): Promise<DataKey> {
    if (messages > MAX_LEASED_MESSAGES)
      throw new RangeError(`At most ${MAX_LEASED_MESSAGES} messages are sealed at once.`);
    const app = appOf(scope);
    const mayUse = this.#cache.lease(FOR_EVER, FOR_EVER);
    for (;;) {
      const known = this.#allowances.get(app);
      const held = known !== undefined && known.left >= messages ? this.#held(known.key.id) : undefined;
      if (known !== undefined && held !== undefined) {
        known.left -= messages;
        return held.limitedTo(() => mayUse(held));
      }
      // Whoever has to ask each time has only those counted that it needs.
      const block = known?.ttlMs === 0 ? messages : Math.max(messages, USUAL_MESSAGES);
      const fresh = await this.#ask(scope, { messages: block });
      if (fresh.left >= messages) {
        fresh.left -= messages;
        return fresh.key.limitedTo(() => mayUse(fresh.key));
      }
    }
  }

  async byId(scope: Scope, dataKeyId: string): Promise<DataKey | undefined> {
    const id = dataKeyId.toLowerCase();
    const mayUse = this.#cache.lease(FOR_EVER, FOR_EVER);
    const held = this.#held(id);
    // One of another app is not this app's, whoever else may read it here.
    if (held !== undefined) return isOf(held, scope) ? held.limitedTo(() => mayUse(held)) : undefined;
    try {
      const { key } = await this.#ask(scope, { dataKeyId: id, messages: 0 });
      return key.limitedTo(() => mayUse(key));
    } catch (error) {
      if (error instanceof Refusal && error.code === 'not-found') return undefined;
      throw error;
    }
  }

  /** Whether what was sealed under it should be sealed again, as far as its last lease said. */
  isStale(dataKeyId: string): boolean {
    return this.#stale.has(dataKeyId.toLowerCase());
  }

  /** Wipes every copy now, for instance when the tenant says that its key is being revoked. They are asked for anew. */
  drop(): void {
    this.#drops++;
    this.#cache.dropAll();
    this.#allowances.clear();
  }

  /** Wipes every copy and ends what is under way; the source gives out nothing any more. */
  close(): void {
    this.#closing.abort();
    this.drop();
  }

  #held(dataKeyId: string): DataKey | undefined {
    return this.#cache.held({ dataKeyId, scope: dataKeyId, epoch: 0, ttlMs: FOR_EVER });
  }

  #ask(scope: Scope, asked: LeaseRequest): Promise<Allowance> {
    if (this.#closing.signal.aborted) throw new EnvelopeError('destroyed', 'The source was closed.');
    const name = `${appOf(scope)} ${asked.dataKeyId ?? 'current'}`;
    const running = this.#asking.get(name);
    if (running !== undefined) return running;
    const asking = this.#lease(scope, asked).finally(() => this.#asking.delete(name));
    this.#asking.set(name, asking);
    return asking;
  }

  async #lease(scope: Scope, asked: LeaseRequest): Promise<Allowance> {
    const [sentAt, drops] = [this.#clock(), this.#drops];
    let lease: Lease;
    try {
      lease = await askForLease(this.#at, scope, asked);
    } catch (error) {
      if (error instanceof Refusal) this.#dropAfter(error, scope, asked.dataKeyId);
      throw error;
    }
    if (drops !== this.#drops) {
      lease.key.destroy();
      throw new EnvelopeError('destroyed', 'Copies were dropped while the data key was being leased.');
    }
    const key = await this.#keep(lease, sentAt);
    if (lease.isStale) this.#stale.add(key.id);
    else this.#stale.delete(key.id);
    dropOldest(this.#stale, this.#maxKeys);
    const allowance = { key, ttlMs: lease.ttlMs, left: lease.messages };
    if (asked.dataKeyId === undefined) {
      this.#allowances.delete(appOf(scope));
      this.#allowances.set(appOf(scope), allowance);
      dropOldest(this.#allowances, this.#maxKeys);
    }
    return allowance;
  }

  /** Another lease of the same data key may be there: then that one serves, for its own time. */
  async #keep({ key, ttlMs }: Lease, sentAt: number): Promise<DataKey> {
    const kept = await this.#cache.getOrLoad(
      { dataKeyId: key.id, scope: key.id, epoch: 0, ttlMs },
      async () => key,
      sentAt,
    );
    if (kept !== key) key.destroy();
    return kept;
  }

  #dropAfter({ code }: Refusal, scope: Scope, dataKeyId: string | undefined): void {
    if (code === 'unauthenticated' || code === 'token-ended' || code === 'forbidden') {
      this.drop();
    } else if (code === 'key-revoked' && dataKeyId !== undefined) {
      // An older data key may lie under a key that is gone while the current one is well.
      this.#cache.dropScope(dataKeyId);
    } else if (code === 'key-revoked') {
      this.#drops++;
      this.#cache.dropApp(scope.appId);
      this.#allowances.delete(appOf(scope));
    }
  }
}

type Allowance = { readonly key: DataKey; readonly ttlMs: number; left: number };

function appOf({ tenantId, appId }: Scope): string {
  return `${tenantId} ${appId}`.toLowerCase();
}

function isOf(key: DataKey, { tenantId, appId }: Scope): boolean {
  return key.tenantId === tenantId.toLowerCase() && key.appId === appId.toLowerCase();
}

/** Of what was put in first. */
function dropOldest(all: Map<string, unknown> | Set<string>, most: number): void {
  for (const oldest of all.keys()) {
    if (all.size <= most) return;
    all.delete(oldest);
  }
}

/** A token and data keys in the clear travel there. */
function safeUrl(text: string | URL): URL {
  const url = new URL(text);
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isHere))
    throw new TypeError('Data keys are leased over https, or over http from this machine itself.');
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}

/** As long as the lease says. */
const FOR_EVER = Number.POSITIVE_INFINITY;
/** What a lease is asked for unless more is needed. */
const USUAL_MESSAGES = 2 ** 16;
