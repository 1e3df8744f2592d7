import { type Cipheriv, createCipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import { openGcm, sealGcm, TAG_BYTES } from './aes-gcm.ts';
import { EnvelopeError } from './errors.ts';
import { type FillRandom, fillFromPool } from './random-pool.ts';
import { isAt, RecentKeys } from './recent-keys.ts';

export const XAES_KEY_BYTES = 32;
export const XAES_NONCE_BYTES = 24;
export const XAES_TAG_BYTES = TAG_BYTES;
/** The part of a nonce that derives a key; the other twelve bytes are AES-GCM's own nonce. */
export const XAES_PREFIX_BYTES = 12;

/** How many messages are sealed under one derived key at most: 96 random bits each collide with a chance of 2^-57. */
export const RUN_MESSAGES = 2 ** 20;
/** And how many bytes (2^36 blocks): GCM's own bound on what one key encrypts is 2^-57 there, too. */
export const RUN_BYTES = 2 ** 40;

/**
 * XAES-256-GCM as specified by C2SP (https://c2sp.org/XAES-256-GCM): the first 12 bytes of the nonce derive a key
 * (SP 800-108r1 counter mode over CMAC-AES256), under which AES-256-GCM runs with the last 12.
 *
 * `sealInto` draws the nonces itself, in runs: one random prefix and its derived key serve a bounded number of messages,
 * each with 12 fresh random bytes behind it, copied out of a pool, wiped there and used once. Messages and bytes are counted before
 * sealing, so that a failure gives nothing back; the limited copies of a key share its run. Opening keeps the keys that it derived
 * last.
 */
export class XaesKey {
  /** The two CMAC blocks `i || "X" || 0 || prefix` (i = 1, 2), already added to CMAC's first subkey, for a prefix of zeros. */
  readonly #blocks: Buffer<ArrayBuffer>;
  /** AES-256 in ECB mode has no state between whole blocks: one cipher object serves every derivation. */
  #ecb: Cipheriv | undefined;
  readonly #random: FillRandom;
  readonly #limits: Readonly<{ messages: number; bytes: number }>;
  #run: Run | undefined;
  #recent: RecentKeys | undefined;

  /**
   * @param raw 32 bytes. Copied: the caller may wipe its own right away.
   * @throws RangeError when it is not 32 bytes.
   */
  constructor(raw: Uint8Array, nonces: NonceOptions = {}) {
    if (raw.length !== XAES_KEY_BYTES) throw new RangeError(`A key has ${XAES_KEY_BYTES} bytes.`);
    const { random = fillFromPool, runMessages = RUN_MESSAGES, runBytes = RUN_BYTES } = nonces;
    this.#random = random;
    this.#limits = { messages: Math.min(runMessages, RUN_MESSAGES), bytes: Math.min(runBytes, RUN_BYTES) };
    this.#ecb = createCipheriv('aes-256-ecb', createSecretKey(raw), null).setAutoPadding(false);
    this.#blocks = blocksOf(this.#ecb.update(Buffer.alloc(16)));
  }

  /**
   * Seals under a nonce of the caller's, 24 bytes that were never used before under this key.
   * @returns ciphertext and 16-byte tag, `plaintext.length + 16` bytes.
   * @throws RangeError when the nonce is not 24 bytes, or the plaintext longer than 1 GiB; EnvelopeError `destroyed`.
   */
  seal(nonce: Uint8Array, plaintext: Uint8Array, aad: Uint8Array): Buffer<ArrayBuffer> {
    assertNonce(nonce);
    const key = this.#derive(nonce, 0);
    const sealed = Buffer.allocUnsafe(plaintext.length + XAES_TAG_BYTES);
    sealGcm({ key, iv: ivFrom(nonce, XAES_PREFIX_BYTES), aad }, plaintext, sealed, 0);
    return sealed;
  }

  /**
   * Writes a fresh nonce, ciphertext and tag, `plaintext.length + 40` bytes, into `target` from `at` on.
   * @throws RangeError when they do not fit, or the plaintext is longer than 1 GiB; EnvelopeError `destroyed`.
   */
  sealInto(target: Buffer<ArrayBuffer>, at: number, plaintext: Uint8Array, aad: Uint8Array): void {
    const { prefix, key } = this.#countedRun(plaintext.length);
    target.set(prefix, at);
    const rest = at + XAES_PREFIX_BYTES;
    this.#random(target, rest, XAES_NONCE_BYTES - XAES_PREFIX_BYTES);
    sealGcm({ key, iv: ivFrom(target, rest), aad }, plaintext, target, at + XAES_NONCE_BYTES);
  }

  /**
   * @throws EnvelopeError `cannot-open` for whatever does not authenticate, also when shorter than a tag; `destroyed`;
   *   RangeError when the nonce is not 24 bytes.
   */
  open(nonce: Uint8Array, ciphertextAndTag: Uint8Array, aad: Uint8Array): Buffer<ArrayBuffer> {
    assertNonce(nonce);
    return this.openFrom(Buffer.concat([nonce, ciphertextAndTag]), 0, aad);
  }

  /**
   * Opens nonce, ciphertext and tag, which are all of `bytes` from `at` on.
   * @throws EnvelopeError `cannot-open` for whatever does not authenticate, also when shorter than a tag; `destroyed`.
   */
  openFrom(bytes: Buffer, at: number, aad: Uint8Array): Buffer<ArrayBuffer> {
    const run = this.#run;
    const known = run && isAt(run.prefix, bytes, at) ? run.key : this.#recent?.find(bytes, at);
    const key = known ?? this.#derive(bytes, at);
    const plaintext = openGcm({ key, iv: ivFrom(bytes, at + XAES_PREFIX_BYTES), aad }, bytes, at + XAES_NONCE_BYTES);
    // Only now: what does not authenticate pushes no key out.
    if (known === undefined) {
      this.#recent ??= new RecentKeys();
      this.#recent.keep(bytes, at, key);
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
    return this.#derive(prefix, 0);
  }

  get isDestroyed(): boolean {
    return this.#ecb === undefined;
  }

  /** Wipes what can be wiped and lets go of the rest. Every later call throws `destroyed`. Calling it twice is fine. */
  destroy(): void {
    this.#blocks.fill(0);
    this.#ecb = undefined;
    this.#run = undefined;
    this.#recent = undefined;
  }

  /** The run for one more message, which is counted before anything is sealed: whatever fails afterwards stays counted. */
  #countedRun(bytes: number): Run {
    let run = this.#run;
    if (run === undefined || run.messages < 1 || run.bytes < bytes) {
      // Undefined until the new one stands: a failure in between must not let the old one go on.
      this.#run = undefined;
      run = this.#newRun();
      this.#run = run;
    }
    run.messages -= 1;
    run.bytes -= bytes;
    return run;
  }

  #newRun(): Run {
    const prefix = Buffer.alloc(XAES_PREFIX_BYTES);
    this.#random(prefix, 0, XAES_PREFIX_BYTES);
    const key = this.#derive(prefix, 0);
    return { prefix, key, ...this.#limits };
  }

  /** The key of all nonces that begin with the 12 bytes from `at` on. */
  #derive(bytes: Uint8Array, at: number): KeyObject {
    if (this.#ecb === undefined) throw new EnvelopeError('destroyed', 'The key was destroyed before this call.');
    for (let i = 0; i < BLOCKS.length; i++) BLOCKS[i] = this.#blocks[i] ?? 0;
    for (let i = 0; i < XAES_PREFIX_BYTES; i++) {
      const byte = bytes[at + i] ?? 0;
      BLOCKS[i + 4] = (BLOCKS[i + 4] ?? 0) ^ byte;
      BLOCKS[i + 20] = (BLOCKS[i + 20] ?? 0) ^ byte;
    }
    const derived = this.#ecb.update(BLOCKS);
    const key = createSecretKey(derived);
    wipe(derived);
    wipe(BLOCKS);
    return key;
  }
}

/** Where nonces come from, a CSPRNG (by default the process's pool of one), and shorter runs than there may be. */
export type NonceOptions = Readonly<{ random?: FillRandom; runMessages?: number; runBytes?: number }>;

/** What is left of it, in messages and in bytes. */
type Run = { readonly prefix: Buffer; readonly key: KeyObject; messages: number; bytes: number };

// One of each for all calls: none is interrupted by another, and OpenSSL copies what it is given.
const BLOCKS = Buffer.alloc(32);
const IV = Buffer.alloc(XAES_NONCE_BYTES - XAES_PREFIX_BYTES);

function ivFrom(bytes: Uint8Array, at: number): Buffer {
  for (let i = 0; i < IV.length; i++) IV[i] = bytes[at + i] ?? 0;
  return IV;
}

/** For so few bytes a loop takes a quarter of `fill`. */
function wipe(bytes: Uint8Array): void {
  for (let i = 0; i < bytes.length; i++) bytes[i] = 0;
}

function assertNonce(nonce: Uint8Array): void {
  if (nonce.length !== XAES_NONCE_BYTES) throw new RangeError(`A nonce has ${XAES_NONCE_BYTES} bytes.`);
}

/** The blocks of CMAC without their prefix; the input is always whole blocks, so its second subkey is never needed. */
function blocksOf(l: Buffer): Buffer<ArrayBuffer> {
  const k1 = doubled(l);
  const blocks = Buffer.alloc(32);
  blocks[1] = 1;
  blocks[17] = 2;
  for (let i = 0; i < 32; i++) blocks[i] = (blocks[i] ?? 0) ^ (k1[i & 15] ?? 0);
  blocks[2] = (blocks[2] ?? 0) ^ 0x58; // "X"
  blocks[18] = (blocks[18] ?? 0) ^ 0x58;
  k1.fill(0);
  return blocks;
}

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
