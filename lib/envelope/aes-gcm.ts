import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import { EnvelopeError } from './errors.ts';
import { keepFreedMemory } from './freed-memory.ts';

keepFreedMemory();

export const TAG_BYTES = 16;
/** What one call of OpenSSL takes ends at 2 GiB; whatever is large goes as a stream. */
export const MAX_MESSAGE_BYTES = 2 ** 30;

/**
 * AES-256-GCM into memory that the caller has made: writes ciphertext and tag, `plaintext.length + 16` bytes, from `at` on.
 * @param iv 12 bytes, never used before under this key
 * @throws RangeError when the plaintext is longer than 1 GiB or does not fit.
 */
export function sealGcm(
  { key, iv, aad }: GcmInput,
  plaintext: Uint8Array,
  target: Buffer<ArrayBuffer>,
  at: number,
): void {
  const { length } = plaintext;
  if (length > MAX_MESSAGE_BYTES)
    throw new RangeError(`A message has at most ${MAX_MESSAGE_BYTES} bytes: use a stream.`);
  const cipher = createCipheriv('aes-256-gcm', key, iv, GCM);
  cipher.setAAD(aad);
  let end = at;
  if (length <= PIECE_BYTES) end = put(cipher.update(plaintext), target, end);
  else {
    for (let from = 0; from < length; from += PIECE_BYTES) {
      end = put(cipher.update(plaintext.subarray(from, from + PIECE_BYTES)), target, end);
    }
  }
  cipher.final();
  target.set(cipher.getAuthTag(), end);
  // The target's memory was not cleared: nothing that is not ciphertext may stay in it.
  if (end !== at + length) throw new RangeError('The ciphertext is not as long as the plaintext.');
}

/**
 * Opens ciphertext and tag, which are all of `bytes` from `at` on.
 * @returns the plaintext, in memory of its own
 * @throws EnvelopeError `cannot-open` for whatever does not authenticate: it is wiped, never returned.
 */
export function openGcm({ key, iv, aad }: GcmInput, bytes: Buffer, at: number): Buffer<ArrayBuffer> {
  const end = bytes.length - TAG_BYTES;
  if (end < at) throw new EnvelopeError('cannot-open', 'The ciphertext is shorter than a tag.');
  if (end - at > MAX_MESSAGE_BYTES)
    throw new EnvelopeError('cannot-open', 'The ciphertext is longer than any message.');
  const decipher = createDecipheriv('aes-256-gcm', key, iv, GCM);
  decipher.setAAD(aad);
  for (let i = 0; i < TAG_BYTES; i++) TAG[i] = bytes[end + i] ?? 0;
  decipher.setAuthTag(TAG);
  const plaintext = decipher.update(bytes.subarray(at, end));
  try {
    decipher.final();
  } catch (cause) {
    // What does not authenticate must not linger either.
    plaintext.fill(0);
    throw new EnvelopeError('cannot-open', 'The tag does not authenticate this ciphertext and context.', { cause });
  }
  return plaintext;
}

export type GcmInput = Readonly<{ key: KeyObject; iv: Uint8Array; aad: Uint8Array }>;

const GCM = { authTagLength: TAG_BYTES };
/** OpenSSL copies it at once, so one will do for all. */
const TAG = Buffer.alloc(TAG_BYTES);
/** Large plaintexts go through the cipher piece by piece: then each piece is copied while it is still in the cache. */
const PIECE_BYTES = 128 * 1024;
/** From here on giving memory back at once is cheaper than leaving it to the garbage collector. */
const FREE_FROM_BYTES = 512;

/** @returns where the copied piece ends */
function put(piece: Buffer<ArrayBuffer>, target: Buffer<ArrayBuffer>, at: number): number {
  const { length, buffer } = piece;
  target.set(piece, at);
  // Only memory that is the piece's alone: a pool would be taken from under others.
  if (length >= FREE_FROM_BYTES && buffer.byteLength === length) buffer.transfer(0);
  return at + length;
}
