import type { KeyObject } from 'node:crypto';
import { additionalDataPrefix, contextBytes, type EncryptionContext } from './context.ts';
import { EnvelopeError } from './errors.ts';
import { formatEnvelope, type ParsedEnvelope } from './format.ts';
import { type Random, randomFromPool } from './random-pool.ts';
import { XAES_NONCE_BYTES, XaesKey } from './xaes.ts';

/**
 * A data key in memory, bound to its ID, tenant and app: all three enter what every envelope authenticates.
 *
 * `seal` and `open` are synchronous, so a key cannot be destroyed in the middle of one; between two calls it can, and
 * then they throw `destroyed` and the caller asks its source again (`sealItems` and `openItems` do).
 */
export class DataKey {
  readonly id: string;
  readonly tenantId: string;
  readonly appId: string;
  readonly #xaes: XaesKey;
  readonly #prefix: Buffer;
  readonly #mayUse: () => boolean;

  /**
   * @param input.raw 32 bytes. Copied: the caller wipes its own.
   * @throws RangeError when it is not 32 bytes; TypeError when an ID is not a UUID.
   */
  static fromRaw(input: { id: string; tenantId: string; appId: string; raw: Uint8Array }): DataKey {
    const [id, tenantId, appId] = [input.id.toLowerCase(), input.tenantId.toLowerCase(), input.appId.toLowerCase()];
    const prefix = additionalDataPrefix({ dataKeyId: id, tenantId, appId });
    return new DataKey({ id, tenantId, appId }, new XaesKey(input.raw), prefix, () => true);
  }

  private constructor(
    ids: { id: string; tenantId: string; appId: string },
    xaes: XaesKey,
    prefix: Buffer,
    mayUse: () => boolean,
  ) {
    this.id = ids.id;
    this.tenantId = ids.tenantId;
    this.appId = ids.appId;
    this.#xaes = xaes;
    this.#prefix = prefix;
    this.#mayUse = mayUse;
  }

  /**
   * The same key, which answers `destroyed` whenever `mayUse` says no at the moment of use: a process can be stopped
   * between being handed a key and using it, for any time. Destroying either destroys both.
   */
  limitedTo(mayUse: () => boolean): DataKey {
    return new DataKey(this, this.#xaes, this.#prefix, mayUse);
  }

  /**
   * @param random where the nonce comes from: 24 bytes, a CSPRNG's
   * @returns an envelope, 57 bytes longer than the plaintext
   * @throws EnvelopeError `bad-context`, `destroyed`
   */
  seal(plaintext: Uint8Array, context: EncryptionContext, random: Random = randomFromPool): Buffer<ArrayBuffer> {
    this.#assertUsable();
    const aad = this.#additionalData(context);
    const nonce = random(XAES_NONCE_BYTES);
    return formatEnvelope({ dataKeyId: this.id, nonce, body: this.#xaes.seal(nonce, plaintext, aad) });
  }

  /** @throws EnvelopeError `cannot-open`, `bad-context`, `destroyed` */
  open(parsed: ParsedEnvelope, context: EncryptionContext): Buffer<ArrayBuffer> {
    if (parsed.dataKeyId !== this.id) throw new EnvelopeError('cannot-open', 'The envelope names another data key.');
    this.#assertUsable();
    return this.#xaes.open(parsed.nonce, parsed.body, this.#additionalData(context));
  }

  /**
   * The key of one stream. It outlives this data key: whoever holds it asks `isUsable` before each use.
   * @param prefix the first 12 bytes of the stream's nonces
   * @throws EnvelopeError `destroyed`; RangeError when there are not 12 bytes.
   */
  streamKey(prefix: Uint8Array): KeyObject {
    this.#assertUsable();
    return this.#xaes.messageKey(prefix);
  }

  /** Whether it may be used at this moment: not wiped, and its time not over. */
  isUsable(): boolean {
    return !this.#xaes.isDestroyed && this.#mayUse();
  }

  /** Wipes the key. Calling it twice is fine. */
  destroy(): void {
    this.#xaes.destroy();
  }

  #assertUsable(): void {
    if (!this.#mayUse())
      throw new EnvelopeError('destroyed', 'The time of this copy had run out when it was to be used.');
  }

  #additionalData(context: EncryptionContext): Buffer {
    return Buffer.concat([this.#prefix, contextBytes(context)]);
  }
}
