import { additionalDataPrefix, type CheckedContext, MAX_CONTEXT_BYTES } from './context.ts';
import { EnvelopeError } from './errors.ts';
import { type DataKeyIds, uuidFromBytes, uuidToBytes } from './uuid.ts';
import { XAES_TAG_BYTES } from './xaes.ts';

export const STREAM_VERSION = 0x02;
/** Random, of one stream alone: the first 24-byte nonce but for the counter (4 bytes) and the last flag (1). */
export const STREAM_NONCE_BYTES = 19;
/** Version 1, data key ID 16, nonce 19. */
export const STREAM_HEADER_BYTES = 36;
/** Plaintext of each segment but the last, which may be shorter, and is empty only in an empty stream. */
export const SEGMENT_BYTES = 64 * 1024;
export const SEALED_SEGMENT_BYTES = SEGMENT_BYTES + XAES_TAG_BYTES;

/** What a stream begins with, taken apart and unverified. `bytes` is all of it. */
export type StreamHeader = Readonly<{ dataKeyId: string; nonce: Buffer; bytes: Buffer }>;

/**
 * `0x02 || data key ID (16) || nonce (19)`
 * @throws RangeError for a nonce of another length; TypeError when the ID is not a UUID.
 */
export function streamHeader(dataKeyId: string, nonce: Buffer): StreamHeader {
  if (nonce.length !== STREAM_NONCE_BYTES) throw new RangeError(`A stream's nonce has ${STREAM_NONCE_BYTES} bytes.`);
  const bytes = Buffer.concat([Buffer.of(STREAM_VERSION), uuidToBytes(dataKeyId), nonce]);
  return { dataKeyId: dataKeyId.toLowerCase(), nonce, bytes };
}

/** @param bytes a stream's first 36, whose version was checked. Kept, not copied. */
export function parseStreamHeader(bytes: Buffer): StreamHeader {
  return { dataKeyId: uuidFromBytes(bytes.subarray(1, 17)), nonce: bytes.subarray(17, STREAM_HEADER_BYTES), bytes };
}

/**
 * Whatever is no stream is refused by its first byte, before anything is asked for on its account.
 * @throws EnvelopeError `other-format` for a record (version 1), `unknown-version`
 */
export function assertStreamVersion(version: number | undefined): void {
  switch (version) {
    case STREAM_VERSION:
      return;
    case 0x01:
      throw new EnvelopeError('other-format', 'The bytes begin like a record.');
    default:
      throw new EnvelopeError('unknown-version', `The first byte is ${version}.`);
  }
}

/**
 * What is authenticated beside each segment; which one it is, and whether it is the last, stands in its nonce:
 * `"keyward-envelope" || 0x02 || data key, tenant and app ID || header (36) || u16 count || pairs`, as in version 1.
 */
export function streamAdditionalData(
  ids: Omit<DataKeyIds, 'dataKeyId'>,
  header: StreamHeader,
  context: CheckedContext,
): Buffer<ArrayBuffer> {
  const prefix = additionalDataPrefix({ ...ids, dataKeyId: header.dataKeyId }, STREAM_VERSION);
  const result = Buffer.alloc(prefix.length + STREAM_HEADER_BYTES + 2 + MAX_CONTEXT_BYTES);
  result.set(prefix);
  result.set(header.bytes, prefix.length);
  return Buffer.from(result.subarray(0, context.copyTo(result, prefix.length + STREAM_HEADER_BYTES)));
}

/** How long a stream is that holds this many bytes of plaintext. */
export function sealedStreamBytes(plaintextBytes: number): number {
  const segments = Math.max(1, Math.ceil(plaintextBytes / SEGMENT_BYTES));
  return STREAM_HEADER_BYTES + plaintextBytes + segments * XAES_TAG_BYTES;
}
