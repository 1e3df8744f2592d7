import { type Clock, elapsedMs } from './clock.ts';
import type { DataKey } from './data-key.ts';
import { type DataKeyRequest, KeyLoads, type Load } from './key-loads.ts';

/** `misses` counts callers, `loads` calls of a load function; `entries` is the number of keys held now. */
export type DataKeyCacheStats = Readonly<{ hits: number; misses: number; loads: number; entries: number }>;

/**
 * Unwrapped data keys in the memory of one process: bounded, least recently used first out.
 *
 * - Time runs absolutely from the moment a load was sent, never from the last use; the shorter of what loader and
 *   reader were allowed counts. Whether it still runs is asked again when the key is used (`lease`, `DataKey.limitedTo`); whoever
 *   waited for a load may use the key at once, however short its time.
 * - Callers that miss at once share one load, its failure too. A failure is not kept.
 * - A drop takes effect at once: keys are wiped, and a load begun before it, or under an older epoch, is neither kept nor handed out; whoever
 *   waits for it gets `destroyed`.
 * - A key that leaves for any other reason (room, time, never kept) is wiped at the end of the turn of the event loop,
 *   so that callers just handed it can use it. Use a key in the turn in which you got it, and ask again on `destroyed`.
 */
export class DataKeyCache {
  readonly #maxEntries: number;
  readonly #clock: Clock;
  readonly #answerWithinMs: number;
  /** By data key ID, least recently used first. At most one copy of a data key is kept. */
  readonly #entries = new Map<string, Entry>();
  /** The last of them, which need not be moved to the end again. */
  #newest: Entry | undefined;
  readonly #loads = new KeyLoads();
  /** Of keys that were loaded, as long as anybody has one. */
  readonly #lives = new WeakMap<DataKey, Life>();
  #loadsEnded = 0;
  /** Keys that left and are wiped when this turn ends. */
  readonly #leaving = new Set<Entry>();
  #hits = 0;
  #misses = 0;
  #loadsBegun = 0;

  /**
   * @param options.clock by default one that neither a suspended machine nor a wall clock set back holds up
   * @param options.answerWithinMs how long a load may take: whoever waited for it may use the key at once although its time
   *   to live is shorter, but not when the answer lay about for longer in a process that was stopped
   * @throws RangeError when `maxEntries` is not a positive integer
   */
  constructor(options: { maxEntries: number; clock?: Clock; answerWithinMs?: number }) {
    if (!Number.isSafeInteger(options.maxEntries) || options.maxEntries < 1) {
      throw new RangeError('A data key cache needs room for one key at least.');
    }
    this.#maxEntries = options.maxEntries;
    this.#clock = options.clock ?? elapsedMs;
    this.#answerWithinMs = options.answerWithinMs ?? 10_000;
  }

  /**
   * @param load unwraps the data key; called at most once at a time per data key and scope. It must end by itself.
   * @param sentAt when the key service was asked, where that was before this call, by the cache's clock
   * @throws what `load` throws; EnvelopeError `destroyed` when a drop came while it ran, `wrong-data-key` when it gives
   *   another data key; RangeError for a TTL that is not a number from 0 on.
   */
  getOrLoad(request: DataKeyRequest, load: () => Promise<DataKey>, sentAt?: number): Promise<DataKey> {
    if (!(request.ttlMs >= 0)) {
      return Promise.reject(new RangeError('A time to live is a number of milliseconds from 0 on.'));
    }
    const dataKeyId = request.dataKeyId.toLowerCase();
    const now = this.#clock();
    const held = this.#find(dataKeyId, request, now);
    if (held !== undefined) {
      this.#hits++;
      // One promise for all who find it.
      return held.result;
    }
    const asked = { ...request, dataKeyId };
    this.#misses++;
    const running = this.#loads.find(asked);
    if (running !== undefined) return running.result;
    this.#loadsBegun++;
    return this.#loads.begin(asked, sentAt ?? now, load, (key, begun) => this.#loaded(key, begun)).result;
  }

  /** The copy that is there and whose time runs on; nothing is loaded where there is none. */
  held(request: DataKeyRequest): DataKey | undefined {
    const found = this.#find(request.dataKeyId.toLowerCase(), request, this.#clock());
    if (found !== undefined) this.#hits++;
    return found?.key;
  }

  /**
   * For a caller that is about to ask: tells of the key that it gets whether it may be used. To be asked at the moment of
   * use, because a process can be stopped in between for any time.
   * @param standsUntil when what the caller knows of the key (its epoch, its time to live) is too old, by the cache's
   *   clock; a load that the caller waited for is newer than that
   */
  lease(ttlMs: number, standsUntil: number): (key: DataKey) => boolean {
    const endedBefore = this.#loadsEnded;
    return (key) => {
      const life = this.#lives.get(key);
      if (life === undefined) return false;
      const now = this.#clock();
      const atOnceUntil = Math.min(life.loadedAt + USE_WITHIN_MS, life.sentAt + this.#answerWithinMs);
      if (life.load > endedBefore && now < atOnceUntil) return true;
      return now < standsUntil && now < life.sentAt + Math.min(life.ttlMs, ttlMs);
    };
  }

  /**
   * Forgets what was unwrapped by this key version: on a denial, a rotation, a change of epoch. With `newEpoch`, what
   * was loaded under that epoch or a later one stays.
   * @returns how many data keys and running loads were dropped.
   */
  dropScope(scope: string, newEpoch = Number.POSITIVE_INFINITY): number {
    const isOld = (of: { scope: string; epoch: number }) => of.scope === scope && of.epoch < newEpoch;
    return this.#drop(isOld) + this.#loads.discard(isOld);
  }

  /** @returns how many data keys were dropped. A load that turns out to be this app's is discarded when it ends. */
  dropApp(appId: string): number {
    const app = appId.toLowerCase();
    this.#loads.discardApp(app);
    return this.#drop((entry) => entry.key.appId === app);
  }

  /** @returns how many data keys and running loads were dropped. */
  dropAll(): number {
    return this.#drop(() => true) + this.#loads.discard(() => true);
  }

  stats(): DataKeyCacheStats {
    return { hits: this.#hits, misses: this.#misses, loads: this.#loadsBegun, entries: this.#entries.size };
  }

  #find(dataKeyId: string, asked: DataKeyRequest, now: number): Entry | undefined {
    const entry = this.#entries.get(dataKeyId);
    // Under another key version: kept until a load says what is true now.
    if (entry === undefined || entry.scope !== asked.scope) return undefined;
    if (entry.epoch < asked.epoch) {
      this.#remove(entry);
      entry.key.destroy();
      return undefined;
    }
    if (now >= entry.sentAt + Math.min(entry.ttlMs, asked.ttlMs)) {
      this.#retire(entry);
      return undefined;
    }
    if (this.#newest !== entry) {
      this.#entries.delete(dataKeyId);
      this.#entries.set(dataKeyId, entry);
      this.#newest = entry;
    }
    return entry;
  }

  /** A load has ended well and no drop came in between. */
  #loaded(key: DataKey, load: Load): void {
    const entry: Entry = { ...load.request, key, result: load.result, sentAt: load.sentAt, timer: undefined };
    this.#loadsEnded++;
    const { sentAt } = load;
    this.#lives.set(key, { load: this.#loadsEnded, sentAt, loadedAt: this.#clock(), ttlMs: load.request.ttlMs });
    const before = this.#entries.get(entry.dataKeyId);
    const keeps = this.#clock() < entry.sentAt + entry.ttlMs && (before === undefined || !isNewer(before, entry));
    if (!keeps) {
      this.#wipeAfterTurn(entry);
      return;
    }
    if (before !== undefined) this.#retire(before);
    this.#entries.set(entry.dataKeyId, entry);
    this.#newest = entry;
    this.#wipeWhenExpired(entry);
    for (const oldest of this.#entries.values()) {
      if (this.#entries.size <= this.#maxEntries) break;
      this.#retire(oldest);
    }
  }

  #drop(matches: (entry: Entry) => boolean): number {
    let dropped = 0;
    for (const entry of [...this.#entries.values(), ...this.#leaving]) {
      if (!matches(entry)) continue;
      this.#remove(entry);
      this.#leaving.delete(entry);
      entry.key.destroy();
      dropped++;
    }
    return dropped;
  }

  #retire(entry: Entry): void {
    this.#remove(entry);
    this.#wipeAfterTurn(entry);
  }

  #remove(entry: Entry): void {
    clearTimeout(entry.timer);
    if (this.#entries.get(entry.dataKeyId) === entry) this.#entries.delete(entry.dataKeyId);
    if (this.#newest === entry) this.#newest = undefined;
  }

  #wipeAfterTurn(entry: Entry): void {
    this.#leaving.add(entry);
    setImmediate(() => {
      this.#leaving.delete(entry);
      entry.key.destroy();
    });
  }

  /** So that a key nobody asks for again does not stay in memory past its time. The clock has the last word. */
  #wipeWhenExpired(entry: Entry): void {
    const left = entry.sentAt + entry.ttlMs - this.#clock();
    entry.timer = setTimeout(
      () => {
        if (this.#clock() >= entry.sentAt + entry.ttlMs) this.#retire(entry);
        else this.#wipeWhenExpired(entry);
      },
      Math.min(Math.max(left, 1), MAX_TIMER_MS),
    ).unref();
  }
}

/** `load` says how many loads had ended with its own; times are of the cache's clock. */
type Life = Readonly<{ load: number; sentAt: number; loadedAt: number; ttlMs: number }>;
type Entry = DataKeyRequest & {
  key: DataKey;
  result: Promise<DataKey>;
  sentAt: number;
  timer: NodeJS.Timeout | undefined;
};

/** Whether what is held was unwrapped later than what a slower load brings. */
function isNewer(held: Entry, loaded: Entry): boolean {
  return held.sentAt > loaded.sentAt || (held.scope === loaded.scope && held.epoch > loaded.epoch);
}

/** Whoever waited for a load uses the key at once, however short its time; thousands who waited take some time for that. */
const USE_WITHIN_MS = 2_000;
const MAX_TIMER_MS = 2 ** 31 - 1;
