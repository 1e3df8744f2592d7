import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { DataKey } from './data-key.ts';
import type { DataKeySource } from './data-key-source.ts';
import { openStream, sealStream } from './stream.ts';
import { SEALED_SEGMENT_BYTES, STREAM_HEADER_BYTES } from './stream-format.ts';

// What the tests of streams share. The data keys are real ones.
export const SCOPE = { tenantId: randomUUID(), appId: randomUUID() };
export const CONTEXT = { table: 'files', record: '17' };

export function newDataKey(scope = SCOPE, raw: Buffer = randomBytes(32), id: string = randomUUID()): DataKey {
  return DataKey.fromRaw({ ...scope, id, raw });
}

/** Knows these data keys; new data is sealed under the first. */
export function sourceOf(...keys: DataKey[]): DataKeySource {
  return {
    async current() {
      if (keys[0] === undefined) throw new Error('This source has no data key.');
      return keys[0];
    },
    byId: async (_, id) => keys.find((key) => key.id === id),
  };
}

/** What comes out of it when these pieces are written, with back-pressure; what came before a failure is in `before`. */
export async function outputOf(
  stream: Duplex,
  pieces: Iterable<Uint8Array>,
  before: Buffer[] = [],
  write: () => Promise<void> = () => writeAll(stream, pieces),
): Promise<Buffer> {
  stream.on('data', (bytes: Buffer) => before.push(Buffer.from(bytes)));
  const ended = new Promise<void>((resolve, reject) => {
    stream.once('end', resolve);
    stream.once('error', reject);
    stream.once('close', () => reject(new Error('It was closed and has not ended.')));
  });
  await Promise.all([ended, write().then(() => void stream.end())]);
  return Buffer.concat(before);
}

async function writeAll(stream: Duplex, pieces: Iterable<Uint8Array>): Promise<void> {
  for (const piece of pieces) {
    if (stream.destroyed) return;
    if (stream.write(piece)) continue;
    await Promise.race([once(stream, 'drain'), once(stream, 'close')]);
  }
}

export function seal(source: DataKeySource, plaintext: Uint8Array, context = CONTEXT): Promise<Buffer> {
  return outputOf(sealStream(source, SCOPE, context), [plaintext]);
}

export function open(source: DataKeySource, sealed: Uint8Array, before?: Buffer[]): Promise<Buffer> {
  return outputOf(openStream(source, SCOPE, CONTEXT), [sealed], before);
}

/** Header, then sealed segments. */
export function partsOf(sealed: Buffer): Buffer[] {
  const parts = [sealed.subarray(0, STREAM_HEADER_BYTES)];
  for (let at = STREAM_HEADER_BYTES; at < sealed.length; at += SEALED_SEGMENT_BYTES)
    parts.push(sealed.subarray(at, at + SEALED_SEGMENT_BYTES));
  return parts;
}

/** In pieces of these lengths, over and over. */
export function* cut(bytes: Uint8Array, lengths: readonly number[]): Generator<Uint8Array> {
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const length = lengths[turn % lengths.length] ?? bytes.length;
    yield bytes.subarray(at, at + length);
    at += length;
  }
}
