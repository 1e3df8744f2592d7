import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EnvelopeError } from './errors.ts';
import { openItems } from './open.ts';
import { CONTEXT, cut, newDataKey, open, outputOf, partsOf, SCOPE, seal, sourceOf } from './stream.fixture.ts';
import { openStream, sealStream } from './stream.ts';
import { SEALED_SEGMENT_BYTES, SEGMENT_BYTES, STREAM_HEADER_BYTES } from './stream-format.ts';

const key = newDataKey();
const source = sourceOf(key);
const plaintext = randomBytes(3 * SEGMENT_BYTES + 1000);
const CANNOT_OPEN = { code: 'cannot-open', message: 'The envelope cannot be opened.' };

/** Refused, and what came out until then is the true beginning, in whole segments. */
async function expectRefused(bytes: Uint8Array, segmentsBefore?: number): Promise<void> {
  const before: Buffer[] = [];
  await expect(open(source, bytes, before)).rejects.toMatchObject(CANNOT_OPEN);
  const out = Buffer.concat(before);
  expect(out.equals(plaintext.subarray(0, out.length))).toBe(true);
  expect(out.length % SEGMENT_BYTES).toBe(0);
  if (segmentsBefore !== undefined) expect(out.length / SEGMENT_BYTES).toBe(segmentsBefore);
}

describe('a stream that was cut off', () => {
  test('at the end of any segment, within one, or just before its end is refused, and never ends as if it were whole', async () => {
    const sealed = await seal(source, plaintext);
    for (let segments = 0; segments <= 3; segments++) {
      const border = STREAM_HEADER_BYTES + segments * SEALED_SEGMENT_BYTES;
      await expectRefused(sealed.subarray(0, border), Math.max(0, segments - 1));
      for (const inside of [1, 15, 16, 17, 500]) await expectRefused(sealed.subarray(0, border + inside), segments);
    }
    await expectRefused(sealed.subarray(0, -1), 3);
  });

  test('anywhere is refused', async () => {
    const sealed = await seal(source, plaintext);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: STREAM_HEADER_BYTES, max: sealed.length - 1 }), (length) =>
        expectRefused(sealed.subarray(0, length)),
      ),
      { numRuns: 50 },
    );
  });

  test('within its header is malformed', async () => {
    const sealed = await seal(source, plaintext);
    for (let length = 0; length < STREAM_HEADER_BYTES; length++)
      await expect(open(source, sealed.subarray(0, length))).rejects.toMatchObject({ code: 'malformed' });
  });

  test('by its writer fails, and does not end', async () => {
    for (const broken of [sealStream(source, SCOPE, CONTEXT), openStream(source, SCOPE, CONTEXT)]) {
      const cause = new Error('The writer went away.');
      let ended = false;
      broken.on('end', () => {
        ended = true;
      });
      broken.resume();
      broken.write(await seal(source, plaintext));
      const failed = new Promise((resolve) => broken.once('error', resolve));
      broken.destroy(cause);
      expect(await failed).toBe(cause);
      await new Promise((done) => setImmediate(done));
      expect(ended).toBe(false);
    }
  });
});

describe('segments', () => {
  test('in any other order are refused', async () => {
    const [header, ...segments] = partsOf(await seal(source, plaintext));
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3], { minLength: 1 }), async (order) => {
        fc.pre(order.join() !== '0,1,2,3');
        const rearranged = order.map((index) => segments[index] ?? Buffer.alloc(0));
        await expectRefused(Buffer.concat([header ?? Buffer.alloc(0), ...rearranged]));
      }),
    );
  });

  test('added, or given twice, are refused', async () => {
    const sealed = await seal(source, plaintext);
    const parts = partsOf(sealed);
    for (const more of [Buffer.alloc(1), Buffer.alloc(16), Buffer.alloc(SEALED_SEGMENT_BYTES), ...parts])
      await expectRefused(Buffer.concat([sealed, more]));
    // A last segment that is full is no other one's beginning.
    const full = await seal(source, plaintext.subarray(0, SEGMENT_BYTES));
    await expectRefused(Buffer.concat([full, full.subarray(STREAM_HEADER_BYTES)]), 0);
    await expectRefused(Buffer.concat([full, Buffer.alloc(16)]), 0);
  });

  test('of another stream of the same data and data key are refused', async () => {
    const [one, other] = [partsOf(await seal(source, plaintext)), partsOf(await seal(source, plaintext))];
    for (let index = 0; index < one.length; index++)
      await expectRefused(Buffer.concat(one.with(index, other[index] ?? Buffer.alloc(0))));
  });
});

describe('a single bit that was flipped', () => {
  test('is refused wherever it is', async () => {
    const sealed = await seal(source, plaintext);
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.integer({ min: 17, max: 60 }), fc.integer({ min: 17, max: sealed.length - 1 })),
        fc.integer({ min: 0, max: 7 }),
        async (at, bit) => {
          const flipped = Buffer.from(sealed);
          flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
          await expectRefused(flipped);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('in the data key ID names another data key, which there is not', async () => {
    const sealed = await seal(source, plaintext);
    sealed[5] = (sealed[5] ?? 0) ^ 1;
    await expectRefused(sealed, 0);
  });
});

describe('a stream', () => {
  test.each([
    ['another value', { ...CONTEXT, record: '18' }],
    ['a pair less', { table: 'files' }],
    ['a pair more', { ...CONTEXT, column: 'body' }],
    ['none', {}],
  ])('does not open with another context: %s', async (_, context) => {
    const opening = outputOf(openStream(source, SCOPE, context), [await seal(source, plaintext)]);
    await expect(opening).rejects.toMatchObject(CANNOT_OPEN);
  });

  test('does not open in another tenant or app, even under the same bytes of a key', async () => {
    const raw = randomBytes(32);
    const sealed = await seal(sourceOf(newDataKey(SCOPE, raw, key.id)), plaintext);
    for (const scope of [
      { ...SCOPE, tenantId: randomUUID() },
      { ...SCOPE, appId: randomUUID() },
    ]) {
      const theirs = sourceOf(newDataKey(scope, raw, key.id));
      await expect(outputOf(openStream(theirs, scope, CONTEXT), [sealed])).rejects.toMatchObject(CANNOT_OPEN);
      // And where the source itself gives out a key of another scope.
      await expect(outputOf(openStream(source, scope, CONTEXT), [sealed])).rejects.toMatchObject(CANNOT_OPEN);
    }
  });

  test('does not open where its data key is not known, or another one has its ID', async () => {
    const sealed = await seal(source, plaintext);
    await expect(open(sourceOf(), sealed)).rejects.toMatchObject(CANNOT_OPEN);
    await expect(open(sourceOf(newDataKey(SCOPE, randomBytes(32), key.id)), sealed)).rejects.toMatchObject(CANNOT_OPEN);
  });
});

describe('other formats', () => {
  test('a record given as a stream and a stream given as a record are told apart', async () => {
    const record = key.seal(plaintext, CONTEXT);
    await expect(open(source, record)).rejects.toMatchObject({ code: 'other-format' });
    const [result] = await openItems(source, SCOPE, [{ envelope: await seal(source, plaintext), context: CONTEXT }]);
    expect(result).toMatchObject({ ok: false, error: { code: 'other-format' } });
  });

  test('any other version is refused by its name at the first byte, before a data key is asked for', async () => {
    const asked: string[] = [];
    const watched = { ...source, byId: async (_: unknown, id: string) => void asked.push(id) };
    for (const version of [0, 3, 0x7f, 0xff]) {
      const stream = openStream(watched, SCOPE, CONTEXT);
      const failed = new Promise((resolve) => stream.once('error', resolve));
      stream.write(Buffer.of(version));
      expect(await failed).toMatchObject({ code: 'unknown-version' });
    }
    expect(asked).toEqual([]);
  });

  test('random bytes only ever fail with an EnvelopeError', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.boolean(), async (bytes, isStream) => {
        if (isStream && bytes.length > 0) bytes[0] = 2;
        const error = await outputOf(openStream(source, SCOPE, CONTEXT), cut(bytes, [7])).catch((it: unknown) => it);
        expect(error).toBeInstanceOf(EnvelopeError);
      }),
      { numRuns: 300 },
    );
  });

  test('a context that breaks a rule is refused at once', () => {
    const bad = { lone: '\ud800' };
    for (const make of [sealStream, openStream])
      expect(() => make(source, SCOPE, bad)).toThrow(expect.objectContaining({ code: 'bad-context' }));
  });
});
