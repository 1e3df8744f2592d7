import { EnvelopeError } from './errors.ts';
import { uuidFromBytes, uuidToBytes } from './uuid.ts';
import { XAES_NONCE_BYTES, XAES_TAG_BYTES } from './xaes.ts';

/** The version that is written. */
export const ENVELOPE_VERSION = 0x01;

/** What an envelope is longer than its plaintext: version 1, data key ID 16, nonce 24, tag 16. */
export const ENVELOPE_OVERHEAD_BYTES = 57;

/** What every envelope of one data key begins with: version and data key ID. */
export const ENVELOPE_HEADER_BYTES = 17;

/** An envelope of version 1 as its bytes stand there, unverified and not copied. */
export class ParsedEnvelope {
  readonly version = 1;
  /** All of it: nonce, ciphertext and tag follow the header. */
  readonly bytes: Buffer;

  /** @param bytes 57 or more, the first of which is 0x01: see `parseEnvelope` */
  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  get dataKeyId(): string {
    return uuidFromBytes(this.bytes, 1);
  }
}

/**
 * The first 17 bytes of version 1, `0x01 || data key ID (16) || nonce (24) || ciphertext || tag (16)`.
 * @throws TypeError when the ID is not a UUID: it comes from our own code.
 */
export function envelopeHeader(dataKeyId: string): Buffer<ArrayBuffer> {
  return Buffer.concat([Buffer.of(ENVELOPE_VERSION), uuidToBytes(dataKeyId)]);
}

/**
 * Puts an envelope together from parts made elsewhere; `DataKey.seal` writes each where it belongs instead.
 * @throws TypeError or RangeError when the parts have the wrong sizes: they come from our own code.
 */
export function formatEnvelope(parts: { dataKeyId: string; nonce: Uint8Array; body: Uint8Array }): Buffer<ArrayBuffer> {
  if (parts.nonce.length !== XAES_NONCE_BYTES) throw new RangeError(`A nonce has ${XAES_NONCE_BYTES} bytes.`);
  if (parts.body.length < XAES_TAG_BYTES) throw new RangeError('The body is shorter than a tag.');
  return Buffer.concat([envelopeHeader(parts.dataKeyId), parts.nonce, parts.body]);
}

/**
 * Takes stored bytes apart. Any 57 bytes or more that begin with 0x01 are well formed; whether they are genuine is for
 * the data key to say.
 * @throws EnvelopeError `malformed` when they are too short, `other-format` for a stream (stream-format.ts),
 *   `unknown-version` for any other first byte.
 */
export function parseEnvelope(bytes: Uint8Array): ParsedEnvelope {
  const version = bytes[0];
  if (version === undefined) throw new EnvelopeError('malformed', 'There are no bytes.');
  switch (version) {
    case 0x01:
      return parseVersion1(bytes);
    case 0x02:
      throw new EnvelopeError('other-format', 'The bytes begin like a stream.');
    default:
      throw new EnvelopeError('unknown-version', `The first byte is ${version}.`);
  }
}

function parseVersion1(bytes: Uint8Array): ParsedEnvelope {
  if (bytes.length < ENVELOPE_OVERHEAD_BYTES) {
    throw new EnvelopeError('malformed', `${bytes.length} bytes are fewer than ${ENVELOPE_OVERHEAD_BYTES}.`);
  }
  const view = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return new ParsedEnvelope(view);
}
