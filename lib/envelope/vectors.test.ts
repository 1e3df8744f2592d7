import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkVector, parseVectors, type Vector } from './vectors.ts';

// The two of https://c2sp.org/XAES-256-GCM, and edge cases made by an independent implementation.
const FILE = new URL('./testing/xaes-256-gcm.vectors.json', import.meta.url);
const vectors = parseVectors(readFileSync(FILE, 'utf8'));
const valid = vectors.filter((vector) => vector.valid);

test('the specification’s vectors and those of an independent implementation hold', () => {
  expect(vectors.map(checkVector)).toEqual(vectors.map(() => undefined));
  expect([valid.length, vectors.length - valid.length]).toEqual([22, 43]);
});

describe('a vector that says what is not so fails', () => {
  test('each valid one called invalid, and each invalid one called valid', () => {
    for (const vector of vectors) expect(checkVector({ ...vector, valid: !vector.valid })).toEqual(expect.any(String));
  });

  test.each<[string, (vector: Vector) => Partial<Vector>, string]>([
    ['plaintext', () => ({ plaintext: Buffer.from('other') }), 'sealing gives another ciphertext'],
    ['key', () => ({ key: Buffer.alloc(32, 9) }), 'sealing gives another ciphertext'],
    ['length of its nonce', ({ nonce }) => ({ nonce: nonce.subarray(1) }), 'its key or its nonce has a wrong length'],
  ])('another %s', (_, change, said) => {
    for (const vector of valid) expect(checkVector({ ...vector, ...change(vector) })).toBe(said);
  });
});

describe('a file that cannot be used is told what it lacks', () => {
  const whole = { key: '00', nonce: '', plaintext: '', aad: '', ciphertext: 'Ff', valid: false };
  const { valid: _valid, ...unjudged } = whole;
  test.each([
    ['{"key": ', 'It is not JSON.'],
    ['{}', 'It is not a JSON list.'],
    ['[]', 'The list is empty: nothing would be checked.'],
    ['[null]', 'Vector 1 is not an object.'],
    [JSON.stringify([whole, { ...whole, nonce: undefined }]), 'Vector 2: "nonce" is missing.'],
    [JSON.stringify([{ ...whole, aad: '0' }]), 'Vector 1: "aad" is not an even number of hexadecimal digits.'],
    [JSON.stringify([{ ...whole, key: '0g' }]), 'Vector 1: "key" is not an even number of hexadecimal digits.'],
    [
      JSON.stringify([{ ...whole, plaintext: 1 }]),
      'Vector 1: "plaintext" is not an even number of hexadecimal digits.',
    ],
    [JSON.stringify([unjudged]), 'Vector 1: "valid" is missing, or neither true nor false.'],
  ])('%s', (text, said) => {
    expect(() => parseVectors(text)).toThrow(expect.objectContaining({ name: 'VectorsError', message: said }));
  });

  test('digits may be of either case, and fields that nobody asked for are left alone', () => {
    expect(parseVectors(JSON.stringify([{ ...whole, comment: 'x' }]))[0]?.ciphertext).toEqual(Buffer.of(255));
  });
});
