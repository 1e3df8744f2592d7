import type { KeyObject } from 'node:crypto';
import type { DataKey } from './data-key.ts';
import type { DataKeySource, Scope } from './data-key-source.ts';
import { EnvelopeError, type EnvelopeErrorCode } from './errors.ts';
import { withDataKey } from './with-data-key.ts';
import { XAES_PREFIX_BYTES } from './xaes.ts';

/** A data key and what it derives for one stream. */
type Held = { dataKey: DataKey; key: KeyObject };

/**
 * The key of one stream for as long as it runs. It was derived from a copy of the data key, and may be used only while
 * that copy may: when the copy is dropped, or its time is over, `renewed` asks the source again, and a refusal is the end of
 * the stream. So a revocation reaches a stream under way as fast as it reaches single messages.
 */
export class StreamKey {
  readonly #source: DataKeySource;
  readonly #scope: Scope;
  readonly #prefix: Buffer;
  readonly #gone: EnvelopeErrorCode;
  #held: Held | undefined;
  #closed = false;
  readonly dataKeyId: string;

  /** The app's current data key, for a new stream, which counts as one message. */
  static async forNew(source: DataKeySource, scope: Scope, nonce: Buffer): Promise<StreamKey> {
    const prefix = nonce.subarray(0, XAES_PREFIX_BYTES);
    const held = await withDataKey(
      scope,
      () => source.current(scope, 1),
      (dataKey) => hold(dataKey, prefix),
    );
    if (held === undefined) throw new EnvelopeError('wrong-data-key', 'The source has no current data key.');
    const key = new StreamKey(source, scope, prefix, held.dataKey.id, 'destroyed');
    key.#held = held;
    return key;
  }

  /** The data key that a stream names. `renewed` looks it up. */
  static forExisting(source: DataKeySource, scope: Scope, header: { dataKeyId: string; nonce: Buffer }): StreamKey {
    return new StreamKey(source, scope, header.nonce.subarray(0, XAES_PREFIX_BYTES), header.dataKeyId, 'cannot-open');
  }

  /** @param gone the error's code where there is no such data key (any more) */
  private constructor(source: DataKeySource, scope: Scope, prefix: Buffer, id: string, gone: EnvelopeErrorCode) {
    this.#source = source;
    this.#scope = scope;
    this.#prefix = prefix;
    this.#gone = gone;
    this.dataKeyId = id;
  }

  /** The key, if it may be used in this very moment: for one segment, and not kept. */
  now(): KeyObject | undefined {
    return this.#held?.dataKey.isUsable() ? this.#held.key : undefined;
  }

  /**
   * Asks the source for the data key again and uses it at once.
   * @throws what the source and `use` throw; EnvelopeError `cannot-open` (`destroyed` for a stream that is being sealed)
   *   where there is no such data key any more, `wrong-data-key` when it is not the same one, `destroyed` when it was
   *   taken away each time.
   */
  async renewed<T>(use: (key: KeyObject) => T): Promise<T> {
    return withDataKey(
      this.#scope,
      () => this.#source.byId(this.#scope, this.dataKeyId),
      (dataKey) => {
        const held = hold(dataKey, this.#prefix);
        if (held === undefined)
          throw new EnvelopeError(this.#gone, 'There is no such data key in this tenant and app.');
        if (held.dataKey.id !== this.dataKeyId || (this.#held && !this.#held.key.equals(held.key)))
          throw new EnvelopeError('wrong-data-key', 'The source gave another data key for a stream.');
        if (!this.#closed) this.#held = held;
        return use(held.key);
      },
    );
  }

  /** Lets go of the key. */
  close(): void {
    this.#closed = true;
    this.#held = undefined;
  }
}

function hold(dataKey: DataKey | undefined, prefix: Buffer): Held | undefined {
  return dataKey && { dataKey, key: dataKey.streamKey(prefix) };
}
