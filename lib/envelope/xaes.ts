import { type Cipheriv, createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import { EnvelopeError } from './errors.ts';

export const XAES_KEY_BYTES = 32;
export const XAES_NONCE_BYTES = 24;
export const XAES_TAG_BYTES = 16;
/** The part of a nonce that derives a key; the other twelve bytes are AES-GCM's own nonce. */
export const XAES_PREFIX_BYTES = 12;

/**
 * XAES-256-GCM as specified by C2SP (https://c2sp.org/XAES-256-GCM): the first 12 bytes of the nonce derive a key of
 * the message's own (SP 800-108r1 counter mode over CMAC-AES256), under which AES-256-GCM runs with the last 12.
 *
 * Precondition: a nonce is 24 bytes from a CSPRNG and never used twice with one key.
 */
export class XaesKey {
  /** CMAC's first subkey; the input is always one whole block, so the second is never needed. */
  readonly #k1: Buffer<ArrayBuffer>;
  /** AES-256 in ECB mode has no state between whole blocks: one cipher object serves every derivation. */
  #ecb: Cipheriv | undefined;

  /**
   * @param raw 32 bytes. Copied: the caller may wipe its own right away.
   * @throws RangeError when it is not 32 bytes.
   */
  constructor(raw: Uint8Array) {
    if (raw.length !== XAES_KEY_BYTES) throw new RangeError(`A key has ${XAES_KEY_BYTES} bytes.`);
    this.#ecb = createCipheriv('aes-256-ecb', createSecretKey(raw), null).setAutoPadding(false);
    this.#k1 = doubled(this.#ecb.update(Buffer.alloc(16)));
  }

  /**
   * @returns ciphertext and 16-byte tag, `plaintext.length + 16` bytes.
   * @throws RangeError when the nonce is not 24 bytes; EnvelopeError `destroyed`.
   */
  seal(nonce: Uint8Array, plaintext: Uint8Array, aad: Uint8Array): Buffer<ArrayBuffer> {
    const cipher = createCipheriv('aes-256-gcm', this.#keyOf(nonce), nonce.subarray(12), GCM);
    cipher.setAAD(aad);
    return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  }

  /**
   * @throws EnvelopeError `cannot-open` for whatever does not authenticate, also when shorter than a tag; `destroyed`;
   *   RangeError when the nonce is not 24 bytes.
   */
  open(nonce: Uint8Array, ciphertextAndTag: Uint8Array, aad: Uint8Array): Buffer<ArrayBuffer> {
    const key = this.#keyOf(nonce);
    const end = ciphertextAndTag.length - XAES_TAG_BYTES;
    if (end < 0) throw new EnvelopeError('cannot-open', 'The ciphertext is shorter than a tag.');
    const decipher = createDecipheriv('aes-256-gcm', key, nonce.subarray(12), GCM);
    decipher.setAAD(aad);
    decipher.setAuthTag(ciphertextAndTag.subarray(end));
    const plaintext = decipher.update(ciphertextAndTag.subarray(0, end));
    try {
      decipher.final();
    } catch (cause) {
      // What does not authenticate must not linger either.
      plaintext.fill(0);
      throw new EnvelopeError('cannot-open', 'The tag does not authenticate this ciphertext and context.', { cause });
    }
    return plaintext;
  }

  /**
   * For streams only: the AES-256-GCM key of all nonces that begin with these 12 bytes. Nothing here keeps it or wipes it:
   * whoever asks lets go of it, also when this key is destroyed meanwhile, and never uses a nonce twice under it.
   * @throws RangeError when there are not 12 bytes; EnvelopeError `destroyed`.
   */
  messageKey(prefix: Uint8Array): KeyObject {
    if (prefix.length !== XAES_PREFIX_BYTES) throw new RangeError(`A prefix has ${XAES_PREFIX_BYTES} bytes.`);
    return this.#derive(prefix);
  }

  get isDestroyed(): boolean {
    return this.#ecb === undefined;
  }

  /** Wipes what can be wiped and lets go of the rest. Every later call throws `destroyed`. Calling it twice is fine. */
  destroy(): void {
    this.#k1.fill(0);
    this.#ecb = undefined;
  }

  #keyOf(nonce: Uint8Array): KeyObject {
    if (nonce.length !== XAES_NONCE_BYTES) throw new RangeError(`A nonce has ${XAES_NONCE_BYTES} bytes.`);
    return this.#derive(nonce.subarray(0, XAES_PREFIX_BYTES));
  }

  /** AES-256 of the two CMAC blocks `i || "X" || 0 || prefix`, i = 1 and 2. */
  #derive(prefix: Uint8Array): KeyObject {
    if (this.#ecb === undefined) throw new EnvelopeError('destroyed', 'The key was destroyed before this call.');
    const blocks = Buffer.alloc(32);
    for (let i = 0; i < 2; i++) {
      const at = 16 * i;
      blocks[at + 1] = i + 1;
      blocks[at + 2] = 0x58; // "X"
      blocks.set(prefix, at + 4);
      for (let j = 0; j < 16; j++) blocks[at + j] = (blocks[at + j] ?? 0) ^ (this.#k1[j] ?? 0);
    }
    const derived = this.#ecb.update(blocks);
    const key = createSecretKey(derived);
    derived.fill(0);
    blocks.fill(0);
    return key;
  }
}

const GCM = { authTagLength: XAES_TAG_BYTES };

/** Multiplication by x in GF(2^128), as CMAC's subkeys are made (NIST SP 800-38B, 6.1). Wipes its input. */
function doubled(block: Buffer): Buffer<ArrayBuffer> {
  const result = Buffer.alloc(16);
  const carry = (block[0] ?? 0) >> 7;
  for (let i = 0; i < 16; i++) result[i] = ((block[i] ?? 0) << 1) | ((block[i + 1] ?? 0) >> 7);
  // Without a branch on a key-dependent bit.
  result[15] = (result[15] ?? 0) ^ (0x87 & -carry);
  block.fill(0);
  return result;
}
