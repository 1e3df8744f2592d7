import { randomFillSync } from 'node:crypto';

/** Returns that many random bytes, in memory of their own. */
export type Random = (length: number) => Buffer<ArrayBuffer>;

/**
 * Random bytes, drawn from the system in large pieces because a call per nonce costs more than the nonce.
 * Bytes are copied out, wiped in the pool and never handed out again.
 */
export function createRandomPool(options: { bytes?: number; fill?: (pool: Buffer) => unknown } = {}): Random {
  const { bytes = 6144, fill = randomFillSync } = options;
  const pool = Buffer.alloc(bytes);
  let used = bytes;
  return (length) => {
    if (length > bytes) throw new RangeError(`A random pool of ${bytes} bytes cannot give ${length}.`);
    if (used + length > bytes) {
      fill(pool);
      used = 0;
    }
    const taken = Buffer.alloc(length);
    pool.copy(taken, 0, used, used + length);
    pool.fill(0, used, used + length);
    used += length;
    return taken;
  };
}

/** The process's own pool. */
export const randomFromPool: Random = createRandomPool();
