import { Duplex } from 'node:stream';
import type { EncryptionContext } from './context.ts';
import type { DataKeySource, Scope } from './data-key-source.ts';
import { openSteps, type StreamSteps, sealSteps } from './stream-steps.ts';

/**
 * Seals whatever is written, of any length, as one stream (version 2) under the app's current data key: plaintext in,
 * header and segments out. Counts as one message.
 *
 * Fails with what the source throws, EnvelopeError `destroyed` where its data key is gone before the end. A stream that
 * failed, or whose input broke off, has no `end`: whoever passes it on breaks off, too. Use `stream.pipeline`.
 * @throws EnvelopeError `bad-context`
 */
export function sealStream(source: DataKeySource, scope: Scope, context: EncryptionContext): Duplex {
  return new SegmentStream(sealSteps(source, scope, context));
}

/**
 * Opens a stream (version 2). Each byte that comes out belongs to a segment that has been authenticated; only after
 * `end` is it certain that the stream is whole.
 *
 * Fails with EnvelopeError `unknown-version`, `other-format`, `malformed` (no header), `cannot-open` for everything else
 * about the bytes, the context and the data key; with whatever the source throws, unchanged.
 * @throws EnvelopeError `bad-context`
 */
export function openStream(source: DataKeySource, scope: Scope, context: EncryptionContext): Duplex {
  return new SegmentStream(openSteps(source, scope, context));
}

/** What waits on either side at most, beside one segment: some segments, which one look at the data key then serves. */
const HIGH_WATER_MARK = 256 * 1024;

class SegmentStream extends Duplex {
  readonly #steps: StreamSteps;
  /** Goes on where the reader had enough. */
  #resume: (() => void) | undefined;

  constructor(steps: StreamSteps) {
    super({ readableHighWaterMark: HIGH_WATER_MARK, writableHighWaterMark: HIGH_WATER_MARK });
    this.#steps = steps;
  }

  override _construct(done: Done): void {
    this.#steps.start().then((out) => {
      this.#push(out);
      done();
    }, done);
  }

  override _write(piece: Buffer, _encoding: BufferEncoding, done: Done): void {
    this.#take([piece].values(), done);
  }

  override _writev(pieces: { chunk: Buffer }[], done: Done): void {
    this.#take(pieces.map(({ chunk }) => chunk).values(), done);
  }

  override _final(done: Done): void {
    this.#steps.end().then((out) => {
      this.#push(out);
      this.push(null);
      done();
    }, done);
  }

  override _read(): void {
    const resume = this.#resume;
    this.#resume = undefined;
    resume?.();
  }

  override _destroy(error: Error | null, done: Done): void {
    this.#resume = undefined;
    this.#steps.close();
    done(error);
  }

  /** Takes in one piece after the other, each as far as the reader wants to have it. */
  #take(pieces: ArrayIterator<Buffer>, done: Done): void {
    try {
      for (;;) {
        const out = this.#steps.next();
        if (out instanceof Promise) {
          out.then((late) => this.#goOn(this.#push(late), pieces, done), done);
          return;
        }
        if (out === undefined) {
          const { value: piece } = pieces.next();
          if (piece === undefined) break;
          this.#steps.add(piece);
        } else if (!this.#push(out)) {
          this.#goOn(false, pieces, done);
          return;
        }
      }
    } catch (error) {
      done(error as Error);
      return;
    }
    done();
  }

  #goOn(wantsMore: boolean, pieces: ArrayIterator<Buffer>, done: Done): void {
    if (this.destroyed) return;
    if (wantsMore) this.#take(pieces, done);
    else this.#resume = () => this.#take(pieces, done);
  }

  #push(out: readonly Buffer[]): boolean {
    let wantsMore = true;
    for (const bytes of out) if (bytes.length > 0) wantsMore = this.push(bytes);
    return wantsMore;
  }
}

type Done = (error?: Error | null) => void;
