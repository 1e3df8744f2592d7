import { randomFillSync } from 'node:crypto';

/** Writes that many random bytes into `target`, from `at` on. */
export type FillRandom = (target: Uint8Array, at: number, length: number) => void;

/**
 * Random bytes, drawn from the system in large pieces because a call per nonce costs more than the nonce.
 * Bytes are copied out, wiped in the pool and never handed out again.
 */
export function createRandomPool(options: { bytes?: number; fill?: (pool: Buffer) => unknown } = {}): FillRandom {
  const { bytes = 6144, fill = randomFillSync } = options;
  const pool = Buffer.alloc(bytes);
  let used = bytes;
  return (target, at, length) => {
    if (length > bytes) throw new RangeError(`A random pool of ${bytes} bytes cannot give ${length}.`);
    // A typed array swallows what is written past its end.
    if (at + length > target.length) throw new RangeError(`There is no room for ${length} bytes.`);
    if (used + length > bytes) {
      // Unusable until it has been filled.
      used = bytes;
      fill(pool);
      used = 0;
    }
    // For so few bytes a loop takes a fifth of a copy and a fill.
    for (let i = 0; i < length; i++) {
      target[at + i] = pool[used + i] ?? 0;
      pool[used + i] = 0;
    }
    used += length;
  };
}

/** The process's own pool. */
export const fillFromPool: FillRandom = createRandomPool();

/** Random bytes of the process's own pool, in memory of their own. */
export function randomFromPool(length: number): Buffer<ArrayBuffer> {
  const taken = Buffer.alloc(length);
  fillFromPool(taken, 0, length);
  return taken;
}
