/** What one tenant may ask in a second, on the average; it may ask as much at once. */
export type Rates = { requestsPerSecond: number; itemsPerSecond: number };

/** How much a tenant has asked of this process; times are milliseconds of one clock that never goes back. */
export class TenantLimits {
  readonly #requests: Bucket;
  readonly #items: Bucket;
  /** Streams under way. */
  streams = 0;

  constructor({ requestsPerSecond, itemsPerSecond }: Rates) {
    this.#requests = { msEach: 1_000 / requestsPerSecond, paidUntil: 0 };
    this.#items = { msEach: 1_000 / itemsPerSecond, paidUntil: 0 };
  }

  /** @returns 0 where this request may go on, and else in how many milliseconds it may be tried again */
  takeRequest(now: number): number {
    return take(this.#requests, 1, now);
  }

  /** The same for a batch, all of it or nothing. */
  takeItems(count: number, now: number): number {
    return take(this.#items, count, now);
  }

  /** Whether all that was asked is so long ago that nothing needs to be remembered of it. */
  isIdle(now: number): boolean {
    return this.streams === 0 && this.#requests.paidUntil <= now && this.#items.paidUntil <= now;
  }
}

/** A leaky bucket that is told by one instant: when all that was taken will be paid for (GCRA, ITU-T I.371). */
type Bucket = { readonly msEach: number; paidUntil: number };

const burstMs = 1_000;

function take(bucket: Bucket, count: number, now: number): number {
  const from = Math.max(bucket.paidUntil, now);
  const until = from + count * bucket.msEach;
  // More than a second's worth at once is taken from a full bucket only: it would never be let through otherwise.
  const waitMs = from === now ? 0 : until - burstMs - now;
  if (waitMs > 0) return Math.min(waitMs, from - now);
  bucket.paidUntil = until;
  return 0;
}
