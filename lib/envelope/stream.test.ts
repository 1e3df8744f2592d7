import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CONTEXT, cut, newDataKey, open, outputOf, partsOf, SCOPE, seal, sourceOf } from './stream.fixture.ts';
import { openStream, sealStream } from './stream.ts';
import { SEGMENT_BYTES, sealedStreamBytes } from './stream-format.ts';
import { uuidToBytes } from './uuid.ts';
import { XaesKey } from './xaes.ts';

const source = sourceOf(newDataKey());

/** Lengths at and around the borders of segments, and any others. */
const lengths = fc.oneof(
  fc
    .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: -2, max: 2 }))
    .map(([n, off]) => Math.max(0, n * SEGMENT_BYTES + off)),
  fc.integer({ min: 0, max: 4 * SEGMENT_BYTES }),
);
const pieces = fc.array(
  fc.oneof(
    fc.constantFrom(SEGMENT_BYTES - 1, SEGMENT_BYTES, SEGMENT_BYTES + 1),
    fc.integer({ min: 500, max: 300_000 }),
  ),
  { minLength: 1, maxLength: 4 },
);

describe('a stream', () => {
  test('comes back whole, whatever its length and however it was cut on its way in and out', async () => {
    await fc.assert(
      fc.asyncProperty(lengths, pieces, pieces, async (length, writes, reads) => {
        const plaintext = randomBytes(length);
        const sealed = await outputOf(sealStream(source, SCOPE, CONTEXT), cut(plaintext, writes));
        expect(sealed.length).toBe(sealedStreamBytes(length));
        const opened = await outputOf(openStream(source, SCOPE, CONTEXT), cut(sealed, reads));
        expect(opened.equals(plaintext)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('comes back whole byte by byte', async () => {
    const plaintext = randomBytes(SEGMENT_BYTES + 7);
    const sealed = await outputOf(sealStream(source, SCOPE, CONTEXT), cut(plaintext, [1]));
    expect((await outputOf(openStream(source, SCOPE, CONTEXT), cut(sealed, [1]))).equals(plaintext)).toBe(true);
  });

  test('may be written from memory that its writer uses again', async () => {
    const plaintext = randomBytes(5 * SEGMENT_BYTES);
    for (const length of [1000, SEGMENT_BYTES, 100_000]) {
      const stream = sealStream(source, SCOPE, CONTEXT);
      const output: Buffer[] = [];
      stream.on('data', (bytes: Buffer) => output.push(bytes));
      const memory = Buffer.alloc(length);
      for (let at = 0; at < plaintext.length; at += length) {
        const piece = memory.subarray(0, plaintext.copy(memory, 0, at, at + length));
        await new Promise((written) => stream.write(piece, written));
      }
      stream.end();
      await once(stream, 'end');
      expect((await open(source, Buffer.concat(output))).equals(plaintext)).toBe(true);
    }
  });

  test('adds 0.03 % at most to 64 MiB, and 52 bytes to nothing', () => {
    expect(sealedStreamBytes(0)).toBe(52);
    expect(sealedStreamBytes(2 ** 26) / 2 ** 26 - 1).toBeLessThan(0.0003);
  });

  test('does not look like another stream of the same data', async () => {
    const plaintext = Buffer.alloc(1000);
    const [one, other] = [await seal(source, plaintext), await seal(source, plaintext)];
    expect(one.subarray(17, 36).equals(other.subarray(17, 36))).toBe(false);
    expect(one.subarray(36).equals(other.subarray(36))).toBe(false);
  });

  test('goes through pipeline', async () => {
    const plaintext = randomBytes(1_000_000);
    const opened: Buffer[] = [];
    await pipeline(
      Readable.from(cut(plaintext, [33_333])),
      sealStream(source, SCOPE, CONTEXT),
      openStream(source, SCOPE, CONTEXT),
      async (bytes: AsyncIterable<Buffer>) => {
        for await (const piece of bytes) opened.push(piece);
      },
    );
    expect(Buffer.concat(opened).equals(plaintext)).toBe(true);
  });

  test('takes in no more than it can pass on', async () => {
    const stream = sealStream(source, SCOPE, CONTEXT);
    const piece = Buffer.alloc(SEGMENT_BYTES);
    let taken = 0;
    for (let i = 0; i < 100; i++) stream.write(piece, () => taken++);
    await new Promise((done) => setTimeout(done, 50));
    expect(taken).toBeLessThan(10);
    expect(stream.readableLength).toBeLessThan(10 * SEGMENT_BYTES);
    stream.resume();
    stream.end();
    await once(stream, 'end');
    expect(taken).toBe(100);
  });
});

describe('the bytes', () => {
  const raw = randomBytes(32);
  const id = '0193a000-0000-7000-8000-00000000000d';
  const known = sourceOf(newDataKey(SCOPE, raw, id));
  /** As the README says it, with nothing but XAES-256-GCM. */
  const byHand = (plaintext: Buffer, random: Buffer) => {
    const header = Buffer.concat([Buffer.of(2), uuidToBytes(id), random]);
    const ids = [id, SCOPE.tenantId, SCOPE.appId].map(uuidToBytes);
    const context = Buffer.from('\0\x02\0\x06record\0\x0217\0\x05table\0\x05files');
    const aad = Buffer.concat([Buffer.from('keyward-envelope'), Buffer.of(2), ...ids, header, context]);
    const parts = plaintext.length === 0 ? [plaintext] : [...cut(plaintext, [SEGMENT_BYTES])];
    const sealed = parts.map((part, index) => {
      const position = Buffer.alloc(5);
      position.writeUInt32BE(index);
      position[4] = index === parts.length - 1 ? 1 : 0;
      return new XaesKey(raw).seal(Buffer.concat([random, position]), part, aad);
    });
    return Buffer.concat([header, ...sealed]);
  };

  test.each([0, 1, SEGMENT_BYTES, SEGMENT_BYTES + 1, 2 * SEGMENT_BYTES])(
    'are what the README says: %i',
    async (length) => {
      const plaintext = randomBytes(length);
      const sealed = await seal(known, plaintext);
      expect(sealed.equals(byHand(plaintext, sealed.subarray(17, 36)))).toBe(true);
      expect((await open(known, byHand(plaintext, randomBytes(19)))).equals(plaintext)).toBe(true);
    },
  );

  test('an empty last segment after others is refused, although it authenticates', async () => {
    const plaintext = randomBytes(SEGMENT_BYTES);
    const random = randomBytes(19);
    const [header, , last] = partsOf(byHand(Buffer.concat([plaintext, plaintext]), random));
    const whole = byHand(plaintext, random);
    expect(whole.length).toBe((header?.length ?? 0) + (last?.length ?? 0));
    const ids = [id, SCOPE.tenantId, SCOPE.appId].map(uuidToBytes);
    const context = Buffer.from('\0\x02\0\x06record\0\x0217\0\x05table\0\x05files');
    const aad = Buffer.concat([Buffer.from('keyward-envelope'), Buffer.of(2), ...ids, header ?? whole, context]);
    const key = new XaesKey(raw);
    const inner = key.seal(Buffer.concat([random, Buffer.of(0, 0, 0, 0, 0)]), plaintext, aad);
    const empty = key.seal(Buffer.concat([random, Buffer.of(0, 0, 0, 1, 1)]), Buffer.alloc(0), aad);
    const before: Buffer[] = [];
    await expect(open(known, Buffer.concat([header ?? whole, inner, empty]), before)).rejects.toMatchObject({
      code: 'cannot-open',
    });
    expect(Buffer.concat(before).equals(plaintext)).toBe(true);
  });
});
