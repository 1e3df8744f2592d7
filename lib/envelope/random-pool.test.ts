import { expect, test } from 'vitest';
import { createRandomPool, type FillRandom, randomFromPool } from './random-pool.ts';

test('bytes are copied out, wiped in the pool and never handed out again', () => {
  let next = 1;
  let pool: Buffer = Buffer.alloc(0);
  const random = drawing({
    bytes: 10,
    fill: (bytes) => {
      pool = bytes;
      for (let i = 0; i < bytes.length; i++) bytes[i] = next++;
    },
  });
  const first = random(4);
  expect([...first]).toEqual([1, 2, 3, 4]);
  expect([...pool]).toEqual([0, 0, 0, 0, 5, 6, 7, 8, 9, 10]);
  expect([...random(4)]).toEqual([5, 6, 7, 8]);
  // Two bytes are left, three are asked for: a fresh pool, and what is left is never used.
  expect([...random(3)]).toEqual([11, 12, 13]);
  expect([...first]).toEqual([1, 2, 3, 4]);
});

test('a pool that could not be filled gives nothing, and fills again next time', () => {
  let fails = true;
  const random = drawing({
    bytes: 8,
    fill: (bytes) => {
      if (fails) throw new Error('no entropy');
      bytes.fill(7);
    },
  });
  expect(() => random(4)).toThrow('no entropy');
  fails = false;
  expect([...random(4)]).toEqual([7, 7, 7, 7]);
});

test('bytes that there is no room for are refused, and not lost', () => {
  const fill: FillRandom = createRandomPool({ bytes: 8, fill: (bytes) => bytes.fill(7) });
  const target = Buffer.alloc(5);
  expect(() => fill(target, 2, 4)).toThrow(RangeError);
  fill(target, 2, 3);
  expect([...target]).toEqual([0, 0, 7, 7, 7]);
});

test('more than the pool holds is refused', () => {
  expect(() => drawing({ bytes: 8 })(9)).toThrow(RangeError);
});

test('the process pool repeats nothing', () => {
  const seen = new Set(Array.from({ length: 20_000 }, () => randomFromPool(24).toString('hex')));
  expect(seen.size).toBe(20_000);
  expect([...seen].some((nonce) => nonce.includes('0'.repeat(16)))).toBe(false);
});

function drawing(options: { bytes: number; fill?: (pool: Buffer) => unknown }): (length: number) => Buffer {
  const fill = createRandomPool(options);
  return (length) => {
    const target = Buffer.alloc(length);
    fill(target, 0, length);
    return target;
  };
}
