import { randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { Refusal } from '../byok/errors.ts';
import type { DataKey } from './data-key.ts';
import { DataKeyCache } from './data-key-cache.ts';
import type { DataKeySource } from './data-key-source.ts';
import { CONTEXT, newDataKey, open, outputOf, SCOPE, seal, sourceOf } from './stream.fixture.ts';
import { openStream, sealStream } from './stream.ts';
import { SEGMENT_BYTES } from './stream-format.ts';

// What becomes of a stream under way when its data key is dropped, refused, or its time is over.
const RAW = randomBytes(32);
const { id: ID } = newDataKey();
const plaintext = randomBytes(6 * SEGMENT_BYTES + 100);
const copy = () => newDataKey(SCOPE, RAW, ID);

/** Hands out a fresh copy each time, or what it is told to; remembers what it was asked. */
function watched(answer: (times: number) => Promise<DataKey | undefined> = async () => copy()) {
  const asked: string[] = [];
  const given: DataKey[] = [];
  const give = async () => {
    const key = await answer(asked.length);
    if (key) given.push(key);
    return key;
  };
  const source: DataKeySource = {
    async current(_, messages) {
      asked.push(`current for ${messages}`);
      const key = await give();
      if (key === undefined) throw new Error('There is no current key.');
      return key;
    },
    async byId(_, id) {
      asked.push(id);
      return give();
    },
  };
  return { source, asked, given };
}

/** Writes one segment's length after the other, each once the one before has been taken in, and before each does `before`. */
async function segmentBySegment(stream: Duplex, bytes: Buffer, before: (index: number) => void, out: Buffer[] = []) {
  return outputOf(stream, [], out, async () => {
    for (let index = 0; index * SEGMENT_BYTES < bytes.length; index++) {
      before(index);
      const piece = bytes.subarray(index * SEGMENT_BYTES, (index + 1) * SEGMENT_BYTES);
      await new Promise((taken) => stream.write(piece, taken));
      if (stream.destroyed) return;
    }
  });
}

describe('a stream', () => {
  test('asks for its data key once, and counts as one message', async () => {
    const { source, asked } = watched();
    const sealed = await seal(source, plaintext);
    expect(asked).toEqual(['current for 1']);
    asked.length = 0;
    expect((await open(source, sealed)).equals(plaintext)).toBe(true);
    expect(asked).toEqual([ID]);
  });

  test('whose copy was dropped asks for the same data key again, and goes on where it may', async () => {
    const sealing = watched();
    const sealed = await segmentBySegment(sealStream(sealing.source, SCOPE, CONTEXT), plaintext, (index) => {
      if (index === 2) sealing.given[0]?.destroy();
    });
    expect(sealing.asked).toEqual(['current for 1', ID]);
    const opening = watched();
    const opened = await segmentBySegment(openStream(opening.source, SCOPE, CONTEXT), sealed, (index) => {
      if (index === 3) opening.given[0]?.destroy();
    });
    expect(opening.asked).toEqual([ID, ID]);
    expect(opened.equals(plaintext)).toBe(true);
  });

  test('whose copy has run out of time asks again', async () => {
    let may = true;
    const { source, asked } = watched(async (times) => (times === 1 ? copy().limitedTo(() => may) : copy()));
    const sealed = await segmentBySegment(sealStream(source, SCOPE, CONTEXT), plaintext, (index) => {
      may = index < 3;
    });
    expect(asked).toEqual(['current for 1', ID]);
    expect((await open(sourceOf(copy()), sealed)).equals(plaintext)).toBe(true);
  });

  test('ends with the refusal itself when its key was revoked, and has given out whole segments only', async () => {
    const revoked = new Refusal('key-revoked');
    const answer = async (times: number) => {
      if (times > 1) throw revoked;
      return copy();
    };
    const sealing = watched(answer);
    const stream = sealStream(sealing.source, SCOPE, CONTEXT);
    const drop = (given: DataKey[]) => (index: number) => index === 3 && given[0]?.destroy();
    const out: Buffer[] = [];
    await expect(segmentBySegment(stream, plaintext, drop(sealing.given), out)).rejects.toBe(revoked);
    expect(stream.readableEnded).toBe(false);

    const sealed = await seal(sourceOf(copy()), plaintext);
    const opening = watched(answer);
    const before: Buffer[] = [];
    const opened = segmentBySegment(openStream(opening.source, SCOPE, CONTEXT), sealed, drop(opening.given), before);
    await expect(opened).rejects.toBe(revoked);
    const got = Buffer.concat(before);
    expect(got.length).toBeLessThanOrEqual(3 * SEGMENT_BYTES);
    expect(got.equals(plaintext.subarray(0, got.length))).toBe(true);
  });

  test('that is being sealed ends when its data key is gone', async () => {
    const { source, given } = watched(async (times) => (times === 1 ? copy() : undefined));
    const sealing = segmentBySegment(sealStream(source, SCOPE, CONTEXT), plaintext, (index) => {
      if (index === 3) given[0]?.destroy();
    });
    await expect(sealing).rejects.toMatchObject({ code: 'destroyed' });
  });

  test('does not go on under another key of the same name', async () => {
    const { source, given } = watched(async (times) => (times === 1 ? copy() : newDataKey(SCOPE, randomBytes(32), ID)));
    const drop = (index: number) => index === 3 && given[0]?.destroy();
    const sealing = segmentBySegment(sealStream(source, SCOPE, CONTEXT), plaintext, drop);
    await expect(sealing).rejects.toMatchObject({ code: 'wrong-data-key' });
  });

  test('that never gets a copy it may use ends as destroyed', async () => {
    const { source } = watched(async () => copy().limitedTo(() => false));
    await expect(seal(source, plaintext)).rejects.toMatchObject({ code: 'destroyed' });
  });

  test('of a tenant whose cache time is 0 is whole, with no copy left between two looks at the key', async () => {
    const cache = new DataKeyCache({ maxEntries: 10 });
    let loads = 0;
    const load = async () => {
      loads++;
      return copy();
    };
    const get = () => cache.getOrLoad({ dataKeyId: ID, scope: 'v1', epoch: 1, ttlMs: 0 }, load);
    const source: DataKeySource = { current: get, byId: get };
    const sealed = await seal(source, plaintext);
    const opened = await open(source, sealed);
    expect(opened.equals(plaintext)).toBe(true);
    expect(loads).toBeGreaterThanOrEqual(2);
    expect(cache.stats().entries).toBe(0);
  });
});

describe('a source that fails', () => {
  test('fails a stream that is to be sealed before anything leaves, unchanged', async () => {
    const outage = new Refusal('key-outage');
    const before: Buffer[] = [];
    const { source } = watched(() => Promise.reject(outage));
    await expect(outputOf(sealStream(source, SCOPE, CONTEXT), [plaintext], before)).rejects.toBe(outage);
    await expect(
      outputOf(openStream(source, SCOPE, CONTEXT), [await seal(sourceOf(copy()), plaintext)], before),
    ).rejects.toBe(outage);
    expect(before).toEqual([]);
  });

  test('tells whoever reads no more than any other failure where it mixes up data keys', async () => {
    const sealed = await seal(sourceOf(copy()), plaintext);
    const { source } = watched(async () => newDataKey());
    await expect(open(source, sealed)).rejects.toMatchObject({ code: 'cannot-open' });
  });
});
