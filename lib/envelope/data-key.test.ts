import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EncryptionContext } from './context.ts';
import { DataKey } from './data-key.ts';
import { EnvelopeError } from './errors.ts';
import { envelopeHeader, parseEnvelope } from './format.ts';

const RAW = Buffer.from(Array.from({ length: 32 }, (_, i) => i));
const IDS = {
  id: '0193a000-0000-7000-8000-00000000000d',
  tenantId: '0193a000-0000-7000-8000-00000000000e',
  appId: '0193a000-0000-7000-8000-00000000000f',
};
const CONTEXT = { table: 'messages', '\u{1F511}': 'Grüße', record: '42', '\uFFEE': '' };
/** Made by an independent implementation: what is stored today must open for as long as version 1 is read. */
const GOLDEN = Buffer.from(
  '010193a00000007000800000000000000d6465666768696a6b6c6d6e6f707172737475767778797a7b8aa0b2f0d4aa936c575ea88e92a931bbe392f0062e1332a34bd87f',
  'hex',
);

const text = fc.string({ unit: 'binary', maxLength: 20 });
const contexts: fc.Arbitrary<EncryptionContext> = fc.dictionary(text, text, { maxKeys: 8 });
const key = DataKey.fromRaw({ ...IDS, raw: RAW });

describe('version 1', () => {
  test('seals to the bytes of an independent implementation', () => {
    let next = 100;
    const random = (target: Uint8Array, at: number, length: number) => {
      for (let i = 0; i < length; i++) target[at + i] = next++;
    };
    const fresh = DataKey.fromRaw({ ...IDS, raw: RAW, nonces: { random } });
    expect(fresh.seal(Buffer.from('Hello, Acme'), CONTEXT).toString('hex')).toBe(GOLDEN.toString('hex'));
  });

  test('opens the bytes of an independent implementation', () => {
    expect(key.open(parseEnvelope(GOLDEN), CONTEXT).toString()).toBe('Hello, Acme');
  });
});

describe('round trip', () => {
  test('gives back any plaintext under any context, 57 bytes longer in between', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), contexts, (plaintext, context) => {
        const envelope = key.seal(plaintext, context);
        expect(envelope.length).toBe(plaintext.length + 57);
        expect(key.open(parseEnvelope(envelope), context).equals(plaintext)).toBe(true);
      }),
    );
  });

  test('a plaintext of 1 MiB', () => {
    const plaintext = randomBytes(2 ** 20);
    expect(key.open(parseEnvelope(key.seal(plaintext, {})), {}).equals(plaintext)).toBe(true);
  });

  test('sealing twice never gives the same nonce', () => {
    const nonces = new Set(Array.from({ length: 1000 }, () => nonceOf(key.seal(Buffer.alloc(0), {}))));
    expect(nonces.size).toBe(1000);
  });
});

describe('refusals', () => {
  test('any single bit changed is refused', () => {
    const envelope = key.seal(Buffer.from('text'), CONTEXT);
    for (let bit = 0; bit < envelope.length * 8; bit++) {
      const flipped = flip(envelope, bit);
      expect(() => key.open(parseEnvelope(flipped), CONTEXT)).toThrow(EnvelopeError);
    }
  });

  test('any change to the context is refused', () => {
    fc.assert(
      fc.property(contexts, text, text, (context, name, value) => {
        fc.pre(context[name] !== value);
        const parsed = parseEnvelope(key.seal(Buffer.from('text'), context));
        expectCannotOpen(() => key.open(parsed, { ...context, [name]: value }));
        for (const left of Object.keys(context)) {
          const { [left]: _, ...without } = context;
          expectCannotOpen(() => key.open(parsed, without));
        }
      }),
    );
  });

  test.each([
    ['tenant', { ...IDS, tenantId: randomUUID() }, RAW],
    ['app', { ...IDS, appId: randomUUID() }, RAW],
    ['tenant and app swapped', { ...IDS, tenantId: IDS.appId, appId: IDS.tenantId }, RAW],
    ['data key ID', { ...IDS, id: randomUUID() }, RAW],
    ['key material under the same ID', IDS, randomBytes(32)],
  ])('any other %s is refused', (_, ids, raw) => {
    const other = DataKey.fromRaw({ ...ids, raw });
    const parsed = parseEnvelope(key.seal(Buffer.from('text'), CONTEXT));
    expectCannotOpen(() => other.open(parsed, CONTEXT));
    // Also where the envelope was made to name the other data key.
    const renamed = Buffer.concat([envelopeHeader(other.id), parsed.bytes.subarray(17)]);
    expectCannotOpen(() => other.open(parseEnvelope(renamed), CONTEXT));
  });

  test('mutated envelopes only ever throw EnvelopeError, and never open', () => {
    const envelope = key.seal(Buffer.from('some plaintext'), CONTEXT);
    const bytes = fc.uint8Array({ maxLength: 40 });
    fc.assert(
      fc.property(fc.nat(envelope.length), fc.nat(40), bytes, (at, removed, inserted) => {
        const mutated = Buffer.concat([envelope.subarray(0, at), inserted, envelope.subarray(at + removed)]);
        fc.pre(!mutated.equals(envelope));
        expect(() => key.open(parseEnvelope(mutated), CONTEXT)).toThrow(EnvelopeError);
      }),
      { numRuns: 2000 },
    );
  });

  test('a bad context is refused before anything is sealed or opened', () => {
    const bad = { a: '\uD800' };
    const parsed = parseEnvelope(GOLDEN);
    const random = () => expect.unreachable('drew a nonce');
    const fresh = DataKey.fromRaw({ ...IDS, raw: RAW, nonces: { random } });
    expect(() => fresh.seal(Buffer.from('x'), bad)).toThrow(expect.objectContaining({ code: 'bad-context' }));
    expect(() => key.open(parsed, bad)).toThrow(expect.objectContaining({ code: 'bad-context' }));
  });

  test('no error repeats key, plaintext or context', () => {
    const secret = DataKey.fromRaw({ ...IDS, raw: Buffer.from('raw-key-raw-key-raw-key-raw-key!') });
    const envelope = secret.seal(Buffer.from('the plaintext'), { name: 'the value' });
    for (let bit = 8; bit < envelope.length * 8; bit += 5) {
      try {
        secret.open(parseEnvelope(flip(envelope, bit)), { name: 'the value' });
        expect.unreachable();
      } catch (error) {
        if (!(error instanceof EnvelopeError)) throw error;
        const said = `${error.message} ${error.detail} ${error.stack} ${error.cause}`;
        expect(said).not.toMatch(/raw-key|the plaintext|the value/);
      }
    }
  });
});

describe('a data key', () => {
  test('is named in lower case, however it was written', () => {
    const upper = DataKey.fromRaw({
      id: IDS.id.toUpperCase(),
      tenantId: IDS.tenantId.toUpperCase(),
      appId: IDS.appId.toUpperCase(),
      raw: RAW,
    });
    expect(upper).toMatchObject(IDS);
    expect(upper.open(parseEnvelope(GOLDEN), CONTEXT).toString()).toBe('Hello, Acme');
  });

  test('throws destroyed after it was destroyed', () => {
    const gone = DataKey.fromRaw({ ...IDS, raw: RAW });
    gone.destroy();
    gone.destroy();
    const destroyed = expect.objectContaining({ code: 'destroyed' });
    expect(() => gone.seal(Buffer.alloc(0), {})).toThrow(destroyed);
    expect(() => gone.open(parseEnvelope(GOLDEN), CONTEXT)).toThrow(destroyed);
  });

  test('shows nothing of the key when it is inspected or serialised', () => {
    expect(JSON.stringify(key)).toBe(JSON.stringify(IDS));
  });
});

function flip(bytes: Buffer, bit: number): Buffer {
  const flipped = Buffer.from(bytes);
  flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return flipped;
}

function nonceOf(envelope: Buffer): string {
  return envelope.toString('hex', 17, 41);
}

function expectCannotOpen(run: () => unknown): void {
  expect(run).toThrow(expect.objectContaining({ code: 'cannot-open', message: 'The envelope cannot be opened.' }));
}
