import type { KeyObject } from 'node:crypto';
import { additionalDataOnce, additionalDataPrefix, type CheckedContext, type EncryptionContext } from './context.ts';
import { EnvelopeError } from './errors.ts';
import { ENVELOPE_HEADER_BYTES, ENVELOPE_OVERHEAD_BYTES, envelopeHeader, type ParsedEnvelope } from './format.ts';
import { isAt } from './recent-keys.ts';
import { type NonceOptions, XaesKey } from './xaes.ts';

/**
 * A data key in memory, bound to its ID, tenant and app: all three enter what every envelope authenticates.
 *
 * `seal` and `open` are synchronous, so a key cannot be destroyed in the middle of one; between two calls it can, and
 * then they throw `destroyed` and the caller asks its source again (`sealItems` and `openItems` do).
 *
 * Destroying it zero-fills every Buffer that we hold and lets go of the rest for the garbage collector: a KeyObject cannot be
 * wiped, nor can what OpenSSL holds inside a cipher object. Until the collector has run, a dump of the process's memory may still
 * hold the key.
 */
export class DataKey {
  readonly id: string;
  readonly tenantId: string;
  readonly appId: string;
  readonly #parts: Parts;
  readonly #mayUse: (() => boolean) | undefined;

  /**
   * @param input.raw 32 bytes. Copied: the caller wipes its own.
   * @throws RangeError when it is not 32 bytes; TypeError when an ID is not a UUID.
   */
  static fromRaw(input: Ids & { raw: Uint8Array; nonces?: NonceOptions }): DataKey {
    const [id, tenantId, appId] = [input.id.toLowerCase(), input.tenantId.toLowerCase(), input.appId.toLowerCase()];
    const prefix = additionalDataPrefix({ dataKeyId: id, tenantId, appId });
    const xaes = new XaesKey(input.raw, input.nonces);
    return new DataKey({ id, tenantId, appId }, { xaes, prefix, header: envelopeHeader(id) });
  }

  private constructor(ids: Ids, parts: Parts, mayUse?: () => boolean) {
    this.id = ids.id;
    this.tenantId = ids.tenantId;
    this.appId = ids.appId;
    this.#parts = parts;
    this.#mayUse = mayUse;
  }

  /**
   * The same key, which answers `destroyed` whenever `mayUse` says no at the moment of use: a process can be stopped
   * between being handed a key and using it, for any time. Destroying either destroys both, and both count in one run.
   */
  limitedTo(mayUse: () => boolean): DataKey {
    return new DataKey(this, this.#parts, mayUse);
  }

  /**
   * @returns an envelope, 57 bytes longer than the plaintext
   * @throws EnvelopeError `bad-context`, `destroyed`; RangeError for more than 1 GiB
   */
  seal(plaintext: Uint8Array, context: EncryptionContext | CheckedContext): Buffer<ArrayBuffer> {
    this.#assertUsable();
    const { xaes, prefix, header } = this.#parts;
    const aad = additionalDataOnce(prefix, context);
    const envelope = Buffer.allocUnsafe(plaintext.length + ENVELOPE_OVERHEAD_BYTES);
    envelope.set(header);
    xaes.sealInto(envelope, ENVELOPE_HEADER_BYTES, plaintext, aad);
    return envelope;
  }

  /** @throws EnvelopeError `cannot-open`, `bad-context`, `destroyed` */
  open(parsed: ParsedEnvelope, context: EncryptionContext | CheckedContext): Buffer<ArrayBuffer> {
    const { xaes, prefix, header } = this.#parts;
    if (!isAt(header, parsed.bytes, 0)) throw new EnvelopeError('cannot-open', 'The envelope names another data key.');
    this.#assertUsable();
    return xaes.openFrom(parsed.bytes, ENVELOPE_HEADER_BYTES, additionalDataOnce(prefix, context));
  }

  /**
   * The key of one stream. It outlives this data key: whoever holds it asks `isUsable` before each use.
   * @param prefix the first 12 bytes of the stream's nonces
   * @throws EnvelopeError `destroyed`; RangeError when there are not 12 bytes.
   */
  streamKey(prefix: Uint8Array): KeyObject {
    this.#assertUsable();
    return this.#parts.xaes.messageKey(prefix);
  }

  /** Whether it may be used at this moment: not wiped, and its time not over. */
  isUsable(): boolean {
    return !this.#parts.xaes.isDestroyed && (this.#mayUse === undefined || this.#mayUse());
  }

  /** Wipes the key. Calling it twice is fine. */
  destroy(): void {
    this.#parts.xaes.destroy();
  }

  #assertUsable(): void {
    if (this.#mayUse === undefined || this.#mayUse()) return;
    throw new EnvelopeError('destroyed', 'The time of this copy had run out when it was to be used.');
  }
}

type Ids = Readonly<{ id: string; tenantId: string; appId: string }>;
/** What a key and its limited copies share. */
type Parts = Readonly<{ xaes: XaesKey; prefix: Buffer; header: Buffer }>;
