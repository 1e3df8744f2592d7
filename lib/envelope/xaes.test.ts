import { Cipheriv, createCipheriv, createHash, Decipheriv, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { EnvelopeError } from './errors.ts';
import { XaesKey } from './xaes.ts';

const NONCE = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWX');
const EMPTY = Buffer.alloc(0);

// https://c2sp.org/XAES-256-GCM, "Test Vectors"
describe('the specification', () => {
  test.each([
    [0x01, '', 'ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271'],
    [0x03, 'c2sp.org/XAES-256-GCM', '986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d'],
  ])('vector of the key %i repeated', (byte, aad, expected) => {
    const key = new XaesKey(Buffer.alloc(32, byte));
    const sealed = key.seal(NONCE, Buffer.from('XAES-256-GCM'), Buffer.from(aad));
    expect(sealed.toString('hex')).toBe(expected);
    expect(key.open(NONCE, sealed, Buffer.from(aad)).toString()).toBe('XAES-256-GCM');
  });

  test('accumulated test, 10,000 rounds', () => {
    expect(accumulated(10_000, 6_000_000)).toBe('e6b9edf2df6cec60c8cbd864e2211b597fb69a529160cd040d56c0c210081939');
  });

  test.runIf(process.env.KEYWARD_LONG_TESTS === '1')('accumulated test, 1,000,000 rounds', { timeout: 600_000 }, () => {
    const expected = '2163ae1445985a30b60585ee67daa55674df06901b890593e824b8a7c885ab15';
    expect(accumulated(1_000_000, 330_000_000)).toBe(expected);
  });
});

describe('opening', () => {
  test('gives back what was sealed, empty plaintext and additional data included', () => {
    const bytes = (maxLength: number) => fc.uint8Array({ maxLength });
    const fixed = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
    fc.assert(
      fc.property(fixed(32), fixed(24), bytes(100), bytes(100), (raw, nonce, plaintext, aad) => {
        const sealed = new XaesKey(raw).seal(nonce, plaintext, aad);
        expect(sealed.length).toBe(plaintext.length + 16);
        expect(Buffer.compare(new XaesKey(raw).open(nonce, sealed, aad), plaintext)).toBe(0);
      }),
    );
    const key = new XaesKey(randomBytes(32));
    expect(key.open(NONCE, key.seal(NONCE, EMPTY, EMPTY), EMPTY).length).toBe(0);
  });

  test('refuses every bit changed in nonce, ciphertext, tag and additional data', () => {
    const key = new XaesKey(randomBytes(32));
    const aad = randomBytes(7);
    const sealed = key.seal(NONCE, randomBytes(5), aad);
    for (const flipped of everyBitFlipped(NONCE)) expectCannotOpen(() => key.open(flipped, sealed, aad));
    for (const flipped of everyBitFlipped(sealed)) expectCannotOpen(() => key.open(NONCE, flipped, aad));
    for (const flipped of everyBitFlipped(aad)) expectCannotOpen(() => key.open(NONCE, sealed, flipped));
  });

  test('refuses tags truncated to every length', () => {
    const key = new XaesKey(randomBytes(32));
    for (const plaintext of [EMPTY, Buffer.from('some text')]) {
      const sealed = key.seal(NONCE, plaintext, EMPTY);
      for (let length = 0; length < sealed.length; length++) {
        expectCannotOpen(() => key.open(NONCE, sealed.subarray(0, length), EMPTY));
      }
    }
  });

  test('refuses another key', () => {
    const sealed = new XaesKey(Buffer.alloc(32, 1)).seal(NONCE, EMPTY, EMPTY);
    expectCannotOpen(() => new XaesKey(Buffer.alloc(32, 2)).open(NONCE, sealed, EMPTY));
  });
});

describe('the key of a prefix', () => {
  test('is the one under which AES-256-GCM seals what XAES-256-GCM does', () => {
    const key = new XaesKey(Buffer.alloc(32, 1));
    const cipher = createCipheriv('aes-256-gcm', key.messageKey(NONCE.subarray(0, 12)), NONCE.subarray(12));
    const sealed = Buffer.concat([cipher.update('XAES-256-GCM'), cipher.final(), cipher.getAuthTag()]);
    expect(sealed.toString('hex')).toBe('ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271');
  });

  test('needs twelve bytes and a key that was not destroyed', () => {
    const key = new XaesKey(Buffer.alloc(32, 1));
    for (const length of [0, 11, 13, 24]) expect(() => key.messageKey(Buffer.alloc(length))).toThrow(RangeError);
    key.destroy();
    expect(() => key.messageKey(Buffer.alloc(12))).toThrow(expect.objectContaining({ code: 'destroyed' }));
  });
});

describe('preconditions', () => {
  test('a key has 32 bytes', () => {
    for (const length of [0, 16, 31, 33]) expect(() => new XaesKey(Buffer.alloc(length))).toThrow(RangeError);
  });

  test('a nonce is 24 bytes', () => {
    const key = new XaesKey(Buffer.alloc(32));
    for (const length of [0, 12, 23, 25]) {
      expect(() => key.seal(Buffer.alloc(length), EMPTY, EMPTY)).toThrow(RangeError);
      expect(() => key.open(Buffer.alloc(length), Buffer.alloc(16), EMPTY)).toThrow(RangeError);
    }
  });

  test('the raw key is copied: the caller may wipe its own right away', () => {
    const raw = Buffer.alloc(32, 1);
    const key = new XaesKey(raw);
    raw.fill(0);
    const sealed = key.seal(NONCE, Buffer.from('XAES-256-GCM'), EMPTY);
    expect(sealed.toString('hex')).toBe('ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271');
  });

  test('every call after destroy throws destroyed, and calling it twice is fine', () => {
    const key = new XaesKey(Buffer.alloc(32, 1));
    key.destroy();
    key.destroy();
    const destroyed = expect.objectContaining({ code: 'destroyed' });
    expect(() => key.seal(NONCE, EMPTY, EMPTY)).toThrow(destroyed);
    expect(() => key.open(NONCE, Buffer.alloc(16), EMPTY)).toThrow(destroyed);
  });
});

describe('wiping', () => {
  test('destroy zero-fills every Buffer that the key keeps', () => {
    const alloc = vi.spyOn(Buffer, 'alloc');
    onTestFinished(() => alloc.mockRestore());
    const key = new XaesKey(Buffer.from(NONCE.toString().padEnd(32, '!')));
    const made = alloc.mock.results.map(({ value }) => value);
    const isZero = (buffer: unknown) => Buffer.isBuffer(buffer) && buffer.every((byte) => byte === 0);
    expect(made.every(isZero)).toBe(false);
    key.destroy();
    expect(made.every(isZero)).toBe(true);
  });

  test('the bytes of a derived key, and of what it was derived from, are zero-filled', () => {
    const update = vi.spyOn(Cipheriv.prototype, 'update');
    onTestFinished(() => update.mockRestore());
    const key = new XaesKey(Buffer.alloc(32, 1));
    update.mockClear();
    key.messageKey(NONCE.subarray(0, 12));
    const bytes = [...update.mock.calls.flat(), ...update.mock.results.map(({ value }) => value)];
    expect(bytes.map((buffer) => Buffer.isBuffer(buffer) && buffer.length)).toEqual([32, 32]);
    for (const buffer of bytes) expect(buffer).toEqual(Buffer.alloc(32));
  });

  test('a plaintext that did not authenticate is zero-filled', () => {
    const key = new XaesKey(Buffer.alloc(32, 1));
    const sealed = key.seal(NONCE, Buffer.alloc(21, 0xaa), EMPTY);
    const update = vi.spyOn(Decipheriv.prototype, 'update');
    onTestFinished(() => update.mockRestore());
    expectCannotOpen(() => key.open(NONCE, sealed, Buffer.from('x')));
    expect(update.mock.results.map(({ value }) => value)).toEqual([Buffer.alloc(21)]);
  });
});

function accumulated(rounds: number, streamBytes: number): string {
  // Node gives a SHAKE's output in one piece only: long enough for all that is read.
  const stream = createHash('shake128', { outputLength: streamBytes }).digest();
  expect(stream.subarray(0, 16).toString('hex')).toBe('7f9c2ba4e88f827d616045507605853e');
  let at = 0;
  const read = (length: number) => {
    at += length;
    if (at > stream.length) throw new RangeError('The stream is too short.');
    return stream.subarray(at - length, at);
  };
  const readShort = () => read(read(1)[0] ?? 0);
  const output = createHash('shake128', { outputLength: 32 });
  for (let round = 0; round < rounds; round++) {
    const key = new XaesKey(read(32));
    const nonce = read(24);
    const plaintext = readShort();
    const aad = readShort();
    const sealed = key.seal(nonce, plaintext, aad);
    if (!key.open(nonce, sealed, aad).equals(plaintext)) throw new Error(`Round ${round} does not open.`);
    output.update(sealed);
  }
  return output.digest('hex');
}

function* everyBitFlipped(bytes: Buffer): Generator<Buffer> {
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const flipped = Buffer.from(bytes);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    yield flipped;
  }
}

function expectCannotOpen(run: () => unknown): void {
  let thrown: unknown;
  try {
    run();
  } catch (error) {
    thrown = error;
  }
  if (!(thrown instanceof EnvelopeError) || thrown.code !== 'cannot-open') expect.unreachable(`threw ${thrown}`);
}
