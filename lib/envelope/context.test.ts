import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { additionalData, assertContext, CheckedContext, contextBytes, type EncryptionContext } from './context.ts';
import { EnvelopeError } from './errors.ts';

const IDS = {
  dataKeyId: '0193a000-0000-7000-8000-00000000000d',
  tenantId: '0193a000-0000-7000-8000-00000000000e',
  appId: '0193a000-0000-7000-8000-00000000000f',
};
const EMPTY =
  '6b6579776172642d656e76656c6f7065010193a00000007000800000000000000d0193a00000007000800000000000000e0193a00000007000800000000000000f0000';

const wellFormed = fc.string({ unit: 'binary', maxLength: 20 });
const contexts: fc.Arbitrary<EncryptionContext> = fc.dictionary(wellFormed, wellFormed, { maxKeys: 32 });

describe('additional data', () => {
  test('is label, version, IDs, count and pairs sorted by their UTF-8 bytes', () => {
    // Made by an independent implementation. U+FFEE sorts before U+1F511 in UTF-8, after it in UTF-16.
    const context = { table: 'messages', '\u{1F511}': 'Grüße', record: '42', '\uFFEE': '' };
    expect(additionalData({ ...IDS, context }).toString('hex')).toBe(
      '6b6579776172642d656e76656c6f7065010193a00000007000800000000000000d0193a00000007000800000000000000e0193a00000007000800000000000000f000400067265636f72640002343200057461626c6500086d657373616765730003efbfae00000004f09f949100074772c3bcc39f65',
    );
  });

  test('of an empty context ends in a count of zero', () => {
    expect(additionalData({ ...IDS, context: {} }).toString('hex')).toBe(EMPTY);
  });

  test('is the same whether all of it is ASCII or not, and whatever was written before it', () => {
    const ascii = fc.string({ unit: 'binary-ascii', maxLength: 50 });
    const mixed = fc.dictionary(fc.oneof(wellFormed, ascii), fc.oneof(wellFormed, ascii), { maxKeys: 32 });
    fc.assert(
      fc.property(fc.oneof(mixed, fc.dictionary(ascii, ascii, { maxKeys: 32 })), (context) => {
        const expected = Buffer.concat([Buffer.from(EMPTY, 'hex').subarray(0, 65), plainly(context)]);
        expect(additionalData({ ...IDS, context }).equals(expected)).toBe(true);
        const target = Buffer.alloc(10_000);
        const end = new CheckedContext(context).copyTo(target, 3);
        expect(target.subarray(3, end).equals(expected.subarray(65))).toBe(true);
        expect(contextBytes(context).equals(expected.subarray(65))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('does not depend on the order in which pairs were set', () => {
    fc.assert(
      fc.property(contexts, (context) => {
        const reversed = Object.fromEntries(Object.entries(context).reverse());
        expect(additionalData({ ...IDS, context: reversed }).equals(additionalData({ ...IDS, context }))).toBe(true);
      }),
    );
  });

  test('differs wherever two contexts differ', () => {
    fc.assert(
      fc.property(contexts, contexts, (one, other) => {
        const same = isSame(one, other);
        expect(additionalData({ ...IDS, context: one }).equals(additionalData({ ...IDS, context: other }))).toBe(same);
      }),
    );
    for (const [one, other] of [
      [{ a: 'bc' }, { ab: 'c' }],
      [{ a: '' }, {}],
      [{ a: 'b', c: 'd' }, { a: 'b\0\u0001c\0\u0001d' }],
    ] satisfies [EncryptionContext, EncryptionContext][]) {
      expect(additionalData({ ...IDS, context: one })).not.toEqual(additionalData({ ...IDS, context: other }));
    }
  });

  test('keeps a name that JavaScript treats specially', () => {
    const context: unknown = JSON.parse('{"__proto__":"x"}');
    assertContext(context);
    expect(additionalData({ ...IDS, context }).toString('hex')).not.toBe(EMPTY);
  });
});

describe('a context is a plain object of at most 32 pairs and 8 KiB, names and values well-formed strings', () => {
  const pairs = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`name${i}`, 'v']));

  test.each<[string, unknown]>([
    ['no pair', {}],
    ['32 pairs', pairs(32)],
    ['8192 bytes with their lengths', { a: 'x'.repeat(8192 - 5) }],
    ['8192 bytes of two-byte characters', { ab: 'é'.repeat((8192 - 6) / 2) }],
    ['an object without a prototype', Object.assign(Object.create(null), { a: 'b' })],
    ['a whole surrogate pair', { '\u{1F511}': '\u{1F511}' }],
  ])('%s is accepted', (_, value) => {
    expect(() => assertContext(value)).not.toThrow();
  });

  test.each<[string, unknown, RegExp]>([
    ['undefined', undefined, /an object/],
    ['null', null, /an object/],
    ['a string', 'secret-word', /an object/],
    ['an array', ['secret-word'], /an object/],
    ['a Map', new Map([['secret-word', 'b']]), /an object/],
    ['33 pairs', pairs(33), /33 pairs; 32/],
    ['a number as a value', { a: 'b', 'secret-word': 1 }, /pair 2 is not a string/],
    ['an object as a value', { a: { 'secret-word': 'x' } }, /pair 1 is not a string/],
    ['a lone high surrogate in a value', { a: 'secret-word\uD83D' }, /Pair 1 holds a lone surrogate/],
    ['a lone low surrogate in a name', { 'secret-word\uDD11': 'b' }, /Pair 1 holds a lone surrogate/],
    ['8193 bytes', { a: 'x'.repeat(8193 - 5) }, /longer than 8192/],
    ['8 KiB in all pairs together', { a: 'x'.repeat(4090), b: 'x'.repeat(4090), c: 'x' }, /longer than 8192/],
    ['a name beyond what a length of 16 bits holds', { ['x'.repeat(65_537)]: 'b' }, /longer than 8192/],
    ['characters that take more bytes than they are long', { a: 'é'.repeat(4095) }, /longer than 8192/],
    ['a symbol as a name', { [Symbol('secret-word')]: 'b' }, /ordinary properties/],
    ['a hidden property', Object.defineProperty({}, 'secret-word', { value: 'b' }), /ordinary properties/],
  ])('%s is refused, without repeating a name or a value', (_, value, message) => {
    const error = thrownBy(() => assertContext(value));
    expect(error).toMatchObject({ code: 'bad-context', message: expect.stringMatching(message) });
    expect(`${error.message} ${error.detail}`).not.toContain('secret-word');
    // Types do not hold at an edge: encoding asks the same question.
    const context = value as EncryptionContext;
    expect(thrownBy(() => additionalData({ ...IDS, context })).message).toBe(error.message);
    expect(thrownBy(() => new CheckedContext(value)).message).toBe(error.message);
  });

  test('anything at all is accepted or a bad context', () => {
    fc.assert(
      fc.property(fc.anything({ withMap: true, withNullPrototype: true, withBigInt: true }), (value) => {
        try {
          assertContext(value);
        } catch (error) {
          expect(error).toMatchObject({ code: 'bad-context' });
          return;
        }
        expect(Object.values(value).every((text) => typeof text === 'string')).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

/** The rule as it is written down, and nothing for speed. */
function plainly(context: EncryptionContext): Buffer {
  const pairs = Object.entries(context).map((pair) => pair.map((text) => Buffer.from(text)));
  pairs.sort(([one = NOTHING], [other = NOTHING]) => Buffer.compare(one, other));
  return Buffer.concat([u16(pairs.length), ...pairs.flat().flatMap((text) => [u16(text.length), text])]);
}

function u16(value: number): Buffer {
  return Buffer.of(value >> 8, value & 0xff);
}

const NOTHING = Buffer.alloc(0);

function isSame(one: EncryptionContext, other: EncryptionContext): boolean {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((k) => Object.hasOwn(other, k) && one[k] === other[k]);
}

function thrownBy(run: () => unknown): EnvelopeError {
  try {
    run();
  } catch (error) {
    if (error instanceof EnvelopeError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
