import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refusal } from '../byok/errors.ts';
import { CONTEXT, cut, newDataKey, open, SCOPE, seal, sourceOf } from './stream.fixture.ts';
import { SEGMENT_BYTES } from './stream-format.ts';
import { type BytesThrough, openWebStream, sealWebStream } from './stream-web.ts';

const source = sourceOf(newDataKey());

async function through(pair: BytesThrough, pieces: Iterable<Uint8Array>): Promise<Buffer> {
  const [out] = await Promise.all([read(pair.readable), write(pair.writable, pieces)]);
  return out;
}

async function read(readable: ReadableStream<Uint8Array>, out: Uint8Array[] = []): Promise<Buffer> {
  const reader = readable.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(out);
    out.push(value);
  }
}

async function write(writable: WritableStream<Uint8Array>, pieces: Iterable<Uint8Array>): Promise<void> {
  const writer = writable.getWriter();
  for (const piece of pieces) await writer.write(piece);
  await writer.close();
}

describe('web streams', () => {
  test('seal and open what Node’s do, whatever its length and however it was cut', async () => {
    const length = fc.oneof(
      fc.integer({ min: 0, max: 3 * SEGMENT_BYTES }),
      fc.constantFrom(0, SEGMENT_BYTES, 2 * SEGMENT_BYTES),
    );
    const pieces = fc.array(fc.integer({ min: 500, max: 200_000 }), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(length, pieces, pieces, async (bytes, writes, reads) => {
        const plaintext = randomBytes(bytes);
        const sealed = await through(sealWebStream(source, SCOPE, CONTEXT), cut(plaintext, writes));
        expect((await open(source, sealed)).equals(plaintext)).toBe(true);
        const other = await seal(source, plaintext);
        expect((await through(openWebStream(source, SCOPE, CONTEXT), cut(other, reads))).equals(plaintext)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  test('fail their reader for what is cut off, and give out whole segments only', async () => {
    const plaintext = randomBytes(3 * SEGMENT_BYTES);
    const sealed = (await seal(source, plaintext)).subarray(0, -1);
    const pair = openWebStream(source, SCOPE, CONTEXT);
    const out: Uint8Array[] = [];
    const writing = write(pair.writable, cut(sealed, [10_000]));
    await expect(read(pair.readable, out)).rejects.toMatchObject({ code: 'cannot-open' });
    await writing;
    expect(Buffer.concat(out).equals(plaintext.subarray(0, 2 * SEGMENT_BYTES))).toBe(true);
  });

  test('tell a writer why nobody takes its bytes any more', async () => {
    const revoked = new Refusal('key-revoked');
    const refusing = { ...source, current: () => Promise.reject(revoked) };
    const { readable, writable } = sealWebStream(refusing, SCOPE, CONTEXT);
    const writer = writable.getWriter();
    const written = writer.write(Buffer.alloc(10));
    await expect(readable.getReader().read()).rejects.toBe(revoked);
    await expect(writer.closed).rejects.toBe(revoked);
    await expect(written).rejects.toBe(revoked);
  });

  test('fail their reader when the writer breaks off', async () => {
    const { readable, writable } = sealWebStream(source, SCOPE, CONTEXT);
    const writer = writable.getWriter();
    const reader = readable.getReader();
    expect((await reader.read()).value).toHaveLength(36);
    const reading = reader.read();
    await writer.abort(new Error('The writer went away.'));
    await expect(reading).rejects.toThrow('The writer went away.');
  });

  test('let go of their writer when the reader has had enough, before or after it began', async () => {
    for (const readFirst of [false, true]) {
      const { readable, writable } = sealWebStream(source, SCOPE, CONTEXT);
      const reader = readable.getReader();
      if (readFirst) await reader.read();
      await reader.cancel('enough');
      await expect(writable.getWriter().closed).rejects.toBe('enough');
    }
  });

  test('take bytes in no faster than they are read', async () => {
    const { readable, writable } = sealWebStream(source, SCOPE, CONTEXT);
    const writer = writable.getWriter();
    let written = 0;
    const piece = Buffer.alloc(SEGMENT_BYTES);
    const writing = (async () => {
      for (; written < 100; written++) {
        await writer.ready;
        void writer.write(piece);
      }
      await writer.close();
    })();
    await new Promise((done) => setTimeout(done, 50));
    expect(written).toBeLessThan(5);
    const [{ length }] = await Promise.all([read(readable), writing]);
    expect(length).toBe(36 + 100 * (SEGMENT_BYTES + 16));
  });

  test('take bytes only', async () => {
    const { readable, writable } = sealWebStream(source, SCOPE, CONTEXT);
    const writer = writable.getWriter();
    void writer.write('text' as unknown as Uint8Array).catch(() => undefined);
    const reader = readable.getReader();
    await reader.read();
    await expect(reader.read()).rejects.toThrow(TypeError);
    await expect(writer.closed).rejects.toThrow(TypeError);
  });
});
