import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import { EnvelopeError } from './errors.ts';
import { STREAM_NONCE_BYTES } from './stream-format.ts';
import { XAES_PREFIX_BYTES, XAES_TAG_BYTES } from './xaes.ts';

/** Ciphertext and tag. */
export type SealedSegment = readonly [Buffer, Buffer];

/**
 * Seals or opens the segments of one stream, one after the other: XAES-256-GCM under the nonces
 * `nonce (19) || u32be counter || last flag`. Their first 12 bytes are the same, so all share one derived key; the rest
 * is AES-256-GCM's nonce. No nonce is used twice: the counter grows before each use, whatever comes of it.
 */
export class SegmentCipher {
  /** AES-GCM's nonce: the last 7 random bytes, the counter, the flag. */
  readonly #nonce = Buffer.alloc(12);
  readonly #additionalData: Buffer;
  #counter: number;

  /**
   * @param nonce the stream's own 19 bytes
   * @param counter of the first segment, for tests of the last ones
   */
  constructor(nonce: Uint8Array, additionalData: Buffer, counter = 0) {
    if (nonce.length !== STREAM_NONCE_BYTES) throw new RangeError(`A stream's nonce has ${STREAM_NONCE_BYTES} bytes.`);
    this.#nonce.set(nonce.subarray(XAES_PREFIX_BYTES));
    this.#additionalData = additionalData;
    this.#counter = counter;
  }

  /** How many segments have been sealed or opened. */
  get counter(): number {
    return this.#counter;
  }

  /**
   * @param key derived from the data key and the first 12 bytes of the nonce
   * @returns the ciphertext, as memory of its own, and its tag: together they are the sealed segment
   * @throws RangeError for more segments than the counter can tell apart: 2^32, which hold 256 TiB
   */
  seal(key: KeyObject, plaintext: Uint8Array, last: boolean): SealedSegment {
    if (this.#counter > LAST_COUNTER) throw new RangeError('A stream has at most 2^32 segments.');
    const cipher = createCipheriv('aes-256-gcm', key, this.#next(last), GCM);
    cipher.setAAD(this.#additionalData);
    const ciphertext = cipher.update(plaintext);
    cipher.final();
    return [ciphertext, cipher.getAuthTag()];
  }

  /**
   * Seals the segment that was sealed just now once more, as the last one. So a full segment is sealed straight from the
   * memory that it came in, before anybody knows whether more follows. The inner one must not have left: one of the two is
   * part of the stream, never both. Their nonces differ.
   */
  sealAsLast(key: KeyObject, [ciphertext, tag]: SealedSegment): SealedSegment {
    this.#counter--;
    const plaintext = this.open(key, Buffer.concat([ciphertext, tag]), false);
    this.#counter--;
    const sealed = this.seal(key, plaintext, true);
    plaintext.fill(0);
    return sealed;
  }

  /** @throws EnvelopeError `cannot-open` for whatever is not the next segment of this stream */
  open(key: KeyObject, sealed: Uint8Array, last: boolean): Buffer {
    if (this.#counter > LAST_COUNTER) throw cannotOpen('More segments than a stream has.');
    const end = sealed.length - XAES_TAG_BYTES;
    if (end < 0) throw cannotOpen('The stream ends inside a tag.');
    // Nobody writes an empty last segment after others: it would be a second way to write the same stream.
    if (end === 0 && this.#counter > 0) throw cannotOpen('The stream ends in an empty segment.');
    const decipher = createDecipheriv('aes-256-gcm', key, this.#next(last), GCM);
    decipher.setAAD(this.#additionalData);
    decipher.setAuthTag(sealed.subarray(end));
    const plaintext = decipher.update(sealed.subarray(0, end));
    try {
      decipher.final();
    } catch (cause) {
      plaintext.fill(0);
      throw cannotOpen(`Segment ${this.#counter - 1} does not authenticate as ${last ? 'the last' : 'an inner'} one.`, {
        cause,
      });
    }
    return plaintext;
  }

  #next(last: boolean): Buffer {
    bringOnCollection();
    this.#nonce.writeUInt32BE(this.#counter, 7);
    this.#nonce[11] = last ? 1 : 0;
    this.#counter++;
    return this.#nonce;
  }
}

/**
 * V8 lets 64 MB of buffers pile up before it collects them, and then all of them with everything else. A little ordinary
 * garbage with each segment brings on the small collections instead, which free young buffers, too: a process needs less
 * than half the memory above idle, and a segment takes a quarter less time, because it gets memory that is still warm.
 */
function bringOnCollection(): void {
  young.garbage = new Array(GARBAGE_WORDS);
}

const young: { garbage: unknown } = { garbage: undefined };
/** 32 KiB: V8 keeps 2 to 4 MiB of young objects between two collections, so one comes every 64 to 128 segments. */
const GARBAGE_WORDS = 4096;

function cannotOpen(detail: string, options?: { cause: unknown }): EnvelopeError {
  return new EnvelopeError('cannot-open', detail, options);
}

const GCM = { authTagLength: XAES_TAG_BYTES };
const LAST_COUNTER = 2 ** 32 - 1;
