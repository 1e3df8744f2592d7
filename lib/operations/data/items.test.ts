import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeText } from './items.ts';

it('takes what base64 says of any bytes', () => {
  for (let length = 0; length < 200; length++) {
    const bytes = randomBytes(length);
    expect(decodeText(bytes.toString('base64'), 'plaintext')).toEqual(bytes);
  }
});

it('takes a text only where the bytes say exactly it', () => {
  const letter = fc.constantFrom(...'ABab0189+/=-_ \n\u00e9\u20ac.'.split(''));
  const text = fc.oneof(fc.string({ unit: letter, maxLength: 16 }), mutated(letter));
  fc.assert(
    fc.property(text, (given) => {
      const exact = Buffer.from(given, 'base64').toString('base64') === given;
      expect(decodeText(given, 'plaintext')).toEqual(exact ? Buffer.from(given, 'base64') : 'invalid-input');
    }),
    { numRuns: 20_000 },
  );
});

/** Base64 of some bytes, of which one character was put in place of another, put in or taken out. */
function mutated(letter: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const parts = fc.tuple(fc.uint8Array({ maxLength: 40 }), fc.nat(), letter, fc.nat(2));
  return parts.map(([bytes, at, other, gone]) => {
    const text = Buffer.from(bytes).toString('base64');
    const where = at % (text.length + 1);
    return text.slice(0, where) + (gone === 2 ? '' : other) + text.slice(where + (gone > 0 ? 1 : 0));
  });
}
