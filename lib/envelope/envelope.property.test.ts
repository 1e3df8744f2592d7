import { createCipheriv, randomBytes, randomInt, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { CheckedContext, type EncryptionContext } from './context.ts';
import { DataKey } from './data-key.ts';
import { EnvelopeError } from './errors.ts';
import { parseEnvelope } from './format.ts';
import { XaesKey } from './xaes.ts';

// What holds for any bytes, any context and any key: sealed by one copy of a data key, opened by another.
const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.string({ unit: 'binary-ascii', maxLength: 40 }));
const contexts: fc.Arbitrary<EncryptionContext> = fc.dictionary(text, text, { maxKeys: 8 });
const plaintexts = fc.uint8Array({ maxLength: 600 });
const IDS = { id: randomUUID(), tenantId: randomUUID(), appId: randomUUID() };
const RAW = randomBytes(32);
const writer = DataKey.fromRaw({ ...IDS, raw: RAW });
const reader = DataKey.fromRaw({ ...IDS, raw: RAW });

describe('round trip', () => {
  test('any bytes under any context come back, checked before or not', () => {
    fc.assert(
      fc.property(plaintexts, contexts, (plaintext, context) => {
        const checked = new CheckedContext(context);
        for (const [sealing, opening] of [
          [context, context],
          [checked, context],
          [context, checked],
        ] as const) {
          const envelope = writer.seal(plaintext, sealing);
          expect(envelope.length).toBe(plaintext.length + 57);
          expect(Buffer.compare(open(reader, envelope, opening), plaintext)).toBe(0);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('at every length about the pieces in which large plaintexts are sealed, and as AES-256-GCM seals them', () => {
    const piece = 256 * 1024;
    for (const length of [0, 1, 511, 512, 513, 4095, 4096, piece - 1, piece, piece + 1, 2 * piece, 3 * piece + 7]) {
      const plaintext = randomBytes(length);
      const envelope = writer.seal(plaintext, { length: `${length}` });
      expect(open(reader, envelope, { length: `${length}` }).equals(plaintext)).toBe(true);
      const key = new XaesKey(RAW).messageKey(envelope.subarray(17, 29));
      const cipher = createCipheriv('aes-256-gcm', key, envelope.subarray(29, 41), { authTagLength: 16 });
      expect(cipher.update(plaintext).equals(envelope.subarray(41, -16))).toBe(true);
    }
  });

  test('envelopes and plaintexts share no memory that the next call writes to', () => {
    const sealed = Array.from({ length: 500 }, (_, i) => ({
      i,
      envelope: writer.seal(Buffer.alloc(i % 90, i), { i: `${i}` }),
    }));
    const opened = sealed.map(({ i, envelope }) => ({ i, plaintext: open(reader, envelope, { i: `${i}` }) }));
    for (const { i, plaintext } of opened) expect(plaintext.equals(Buffer.alloc(i % 90, i))).toBe(true);
  });

  test('a context that seals while it is read, as a getter can, is sealed as what it said', () => {
    let inner = Buffer.alloc(0);
    const context = {
      a: 'before',
      get b() {
        inner = writer.seal(Buffer.from('inner'), { other: 'context' });
        return 'meanwhile';
      },
    };
    const outer = writer.seal(Buffer.from('outer'), context);
    expect(open(reader, outer, { a: 'before', b: 'meanwhile' }).toString()).toBe('outer');
    expect(open(reader, inner, { other: 'context' }).toString()).toBe('inner');
  });

  test('a checked context is what it was when it was checked', () => {
    const context: Record<string, string> = { record: '1' };
    const checked = new CheckedContext(context);
    context.record = '2';
    expect(open(reader, writer.seal(Buffer.of(1), checked), { record: '1' })).toEqual(Buffer.of(1));
  });
});

describe('refusals', () => {
  test('any single bit flipped anywhere is refused', () => {
    fc.assert(
      fc.property(
        plaintexts,
        contexts,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (bytes, context, where) => {
          const envelope = writer.seal(bytes, context);
          expectRefused(() => open(reader, flip(envelope, Math.floor(where * envelope.length * 8)), context));
        },
      ),
      { numRuns: 2000 },
    );
    const envelope = writer.seal(Buffer.from('each bit of one'), { record: '1' });
    for (let bit = 0; bit < envelope.length * 8; bit++) {
      expectRefused(() => open(reader, flip(envelope, bit), { record: '1' }));
    }
  });

  test('any other context is refused', () => {
    fc.assert(
      fc.property(plaintexts, contexts, contexts, (bytes, one, other) => {
        fc.pre(!isSame(one, other));
        expectCannotOpen(() => open(reader, writer.seal(bytes, one), other));
      }),
      { numRuns: 500 },
    );
  });

  test('any other tenant, app, data key ID or key material is refused', () => {
    fc.assert(
      fc.property(
        plaintexts,
        contexts,
        fc.subarray(['id', 'tenantId', 'appId', 'raw'], { minLength: 1 }),
        (bytes, context, changed) => {
          const fresh: Record<string, string> = Object.fromEntries(changed.map((name) => [name, randomUUID()]));
          const other = DataKey.fromRaw({ ...IDS, ...fresh, raw: changed.includes('raw') ? randomBytes(32) : RAW });
          const envelope = writer.seal(bytes, context);
          expectCannotOpen(() => open(other, envelope, context));
          // Also where the envelope is made to name the other one.
          const renamed = Buffer.concat([other.seal(Buffer.alloc(0), {}).subarray(0, 17), envelope.subarray(17)]);
          expectCannotOpen(() => open(other, renamed, context));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('an envelope cut to any length, or longer than it was, is refused', () => {
    for (const plaintext of [Buffer.alloc(0), Buffer.from('some text')]) {
      const envelope = writer.seal(plaintext, {});
      for (let length = 0; length < envelope.length; length++) {
        expectRefused(() => open(reader, envelope.subarray(0, length), {}));
      }
      for (let more = 1; more < 40; more++) {
        expectCannotOpen(() => open(reader, Buffer.concat([envelope, Buffer.alloc(more)]), {}));
      }
    }
  });

  test('100,000 random and mutated inputs throw the one error and nothing else', () => {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    onTestFinished(() => {
      Error.stackTraceLimit = stackTraceLimit;
    });
    const context = { table: 'messages', record: '1' };
    const envelopes = [0, 1, 40, 300].map((bytes) => writer.seal(randomBytes(bytes), context));
    const codes = new Map<string, number>();
    for (let i = 0; i < 100_000; i++) {
      const input = i % 2 === 0 ? randomInput(i) : mutated(envelopes[(i >> 1) % envelopes.length] ?? Buffer.alloc(0));
      if (envelopes.some((envelope) => envelope.equals(input))) continue;
      try {
        open(reader, input, context);
      } catch (error) {
        if (!(error instanceof EnvelopeError)) throw new Error(`${input.toString('hex')} threw ${error}`);
        codes.set(error.code, (codes.get(error.code) ?? 0) + 1);
        continue;
      }
      throw new Error(`${input.toString('hex')} opened`);
    }
    expect([...codes.keys()].sort()).toEqual(['cannot-open', 'malformed', 'other-format', 'unknown-version']);
    // Most of them get as far as the cipher.
    expect(codes.get('cannot-open')).toBeGreaterThan(50_000);
  });
});

/** Half of them begin like an envelope of this very data key. */
function randomInput(i: number): Buffer {
  const input = randomBytes(randomInt(0, 160));
  if (i % 4 === 0) writer.seal(Buffer.alloc(0), {}).copy(input, 0, 0, 17);
  return input;
}

/** One to three of: a bit flipped, a byte set, bytes cut out, bytes put in, the end cut off, a part repeated. */
function mutated(envelope: Buffer): Buffer {
  let bytes = Buffer.from(envelope);
  for (let times = randomInt(1, 4); times > 0; times--) {
    const at = randomInt(0, bytes.length + 1);
    const length = randomInt(0, 20);
    const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
    const ways = [
      () => flip(bytes, Math.min(at, Math.max(bytes.length - 1, 0)) * 8 + randomInt(8)),
      () => Buffer.concat([before, randomBytes(1), after.subarray(1)]),
      () => Buffer.concat([before, after.subarray(length)]),
      () => Buffer.concat([before, randomBytes(length), after]),
      () => before,
      () => Buffer.concat([before, before.subarray(-length), after]),
    ];
    bytes = Buffer.from(ways[randomInt(ways.length)]?.() ?? bytes);
  }
  return bytes;
}

function open(key: DataKey, envelope: Uint8Array, context: EncryptionContext | CheckedContext): Buffer {
  return key.open(parseEnvelope(envelope), context);
}

function flip(bytes: Buffer, bit: number): Buffer {
  const flipped = Buffer.from(bytes);
  flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return flipped;
}

function isSame(one: EncryptionContext, other: EncryptionContext): boolean {
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && one[name] === other[name])
  );
}

function expectRefused(run: () => unknown): void {
  expect(run).toThrow(EnvelopeError);
}

function expectCannotOpen(run: () => unknown): void {
  expect(run).toThrow(expect.objectContaining({ code: 'cannot-open' }));
}
