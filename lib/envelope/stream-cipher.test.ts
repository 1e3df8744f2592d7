import { createSecretKey, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { SegmentCipher } from './stream-cipher.ts';

const key = createSecretKey(randomBytes(32));
const nonce = randomBytes(19);
const aad = Buffer.from('header and context');
const at = (counter: number) => new SegmentCipher(nonce, aad, counter);

describe('the counter', () => {
  test('ends with the 2^32nd segment: sealing more is an error, opening more is refused', () => {
    const cipher = at(2 ** 32 - 1);
    const last = Buffer.concat(cipher.seal(key, Buffer.from('the end'), true));
    expect(() => cipher.seal(key, Buffer.from('more'), true)).toThrow(RangeError);
    const opening = at(2 ** 32 - 1);
    expect(opening.open(key, last, true).toString()).toBe('the end');
    expect(() => opening.open(key, last, true)).toThrow(expect.objectContaining({ code: 'cannot-open' }));
  });

  test('grows whatever comes of a segment: no nonce serves twice', () => {
    const cipher = at(0);
    expect(() => cipher.seal(key, 'no bytes' as unknown as Buffer, false)).not.toThrow();
    expect(() => cipher.open(key, Buffer.alloc(100), false)).toThrow();
    expect(cipher.counter).toBe(2);
  });
});

describe('a segment sealed once more as the last', () => {
  test.each([0, 7, 2 ** 32 - 1])('is the one that would have been sealed as the last at once (%i)', (counter) => {
    const plaintext = randomBytes(1000);
    const cipher = at(counter);
    const inner = cipher.seal(key, plaintext, false);
    const last = cipher.sealAsLast(key, inner);
    expect(Buffer.concat(last).equals(Buffer.concat(at(counter).seal(key, plaintext, true)))).toBe(true);
    expect(cipher.counter).toBe(counter + 1);
  });
});

test('a nonce has 19 bytes', () => {
  for (const length of [0, 18, 20, 24]) expect(() => new SegmentCipher(Buffer.alloc(length), aad)).toThrow(RangeError);
});
