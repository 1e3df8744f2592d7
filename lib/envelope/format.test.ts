import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EnvelopeError } from './errors.ts';
import { ENVELOPE_OVERHEAD_BYTES, formatEnvelope, parseEnvelope } from './format.ts';

const ID = '0193a000-0000-7000-8000-00000000000d';
const bytes = (minLength: number, maxLength = minLength) => fc.uint8Array({ minLength, maxLength });

describe('format and parse', () => {
  test('version, data key ID, nonce and body lie where the table says', () => {
    const envelope = formatEnvelope({ dataKeyId: ID, nonce: Buffer.alloc(24, 0xaa), body: Buffer.alloc(18, 0xbb) });
    expect(envelope.toString('hex')).toBe(
      `01${'0193a000000070008000'}${'00000000000d'}${'aa'.repeat(24)}${'bb'.repeat(18)}`,
    );
    expect(envelope.length).toBe(ENVELOPE_OVERHEAD_BYTES + 2);
  });

  test('parsing gives back what was formatted, from any Uint8Array', () => {
    fc.assert(
      fc.property(fc.uuid(), bytes(24), bytes(16, 200), bytes(0, 9), (dataKeyId, nonce, body, before) => {
        const envelope = formatEnvelope({ dataKeyId: dataKeyId.toUpperCase(), nonce, body });
        const inside = new Uint8Array([...before, ...envelope]).subarray(before.length);
        expect(parseEnvelope(inside)).toMatchObject({
          version: 1,
          dataKeyId: dataKeyId.toLowerCase(),
          bytes: envelope,
        });
      }),
    );
  });

  test('whatever parses formats to the same bytes', () => {
    fc.assert(
      fc.property(bytes(56, 150), (rest) => {
        const envelope = Buffer.from([1, ...rest]);
        const { dataKeyId, bytes } = parseEnvelope(envelope);
        const [nonce, body] = [bytes.subarray(17, 41), bytes.subarray(41)];
        expect(formatEnvelope({ dataKeyId, nonce, body }).equals(envelope)).toBe(true);
      }),
    );
  });
});

describe('bytes that are no envelope', () => {
  test('every length below 57 is malformed', () => {
    for (let length = 0; length < ENVELOPE_OVERHEAD_BYTES; length++) {
      expect(() => parseEnvelope(Buffer.alloc(length, 1))).toThrow(expect.objectContaining({ code: 'malformed' }));
    }
  });

  test('a stream is told from what nobody knows', () => {
    for (const length of [1, 57, 200]) {
      const input = Buffer.alloc(length, 2);
      expect(() => parseEnvelope(input)).toThrow(expect.objectContaining({ code: 'other-format' }));
    }
  });

  test('every first byte but 1 and 2 is an unknown version, whatever follows', () => {
    for (let version = 0; version < 256; version++) {
      if (version === 1 || version === 2) continue;
      for (const length of [1, 57, 200]) {
        const input = Buffer.alloc(length, version);
        expect(() => parseEnvelope(input)).toThrow(expect.objectContaining({ code: 'unknown-version' }));
      }
    }
  });

  test('random bytes only ever throw EnvelopeError', () => {
    fc.assert(
      fc.property(bytes(0, 120), (input) => {
        try {
          parseEnvelope(input);
        } catch (error) {
          expect(error).toBeInstanceOf(EnvelopeError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('parts of the wrong size are a mistake of the calling code', () => {
  const nonce = Buffer.alloc(24);
  const body = Buffer.alloc(16);
  test.each([
    ['a nonce of 12 bytes', { dataKeyId: ID, nonce: Buffer.alloc(12), body }, RangeError],
    ['a body shorter than a tag', { dataKeyId: ID, nonce, body: Buffer.alloc(15) }, RangeError],
    ['an ID that is no UUID', { dataKeyId: `${ID}0`, nonce, body }, TypeError],
    ['an ID with its hyphens elsewhere', { dataKeyId: '0193a00000-00-7000-8000-00000000000d', nonce, body }, TypeError],
  ])('%s', (_, parts, error) => {
    expect(() => formatEnvelope(parts)).toThrow(error);
  });
});
