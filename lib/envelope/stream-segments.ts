/**
 * Cuts bytes that come in any pieces into segments of one size.
 *
 * What has to wait is copied, so that whoever wrote a piece may use its memory again; what need not is passed on as it is.
 */
export class Segments {
  readonly #size: number;
  readonly #needed: number;
  readonly #waiting: Buffer<ArrayBuffer>;
  #waits = 0;
  #piece: Uint8Array = nothing;

  /** @param onlyInner gives a full segment out only once a byte more has come, which says that it is not the last */
  constructor(size: number, { onlyInner }: { onlyInner: boolean }) {
    this.#size = size;
    this.#needed = onlyInner ? size + 1 : size;
    this.#waiting = Buffer.allocUnsafeSlow(size);
  }

  get isEmpty(): boolean {
    return this.#waits === 0 && this.#piece.length === 0;
  }

  /** The next piece. The one before has been used up: `next` has answered that it needs more. */
  add(piece: Uint8Array): void {
    this.#piece = piece;
  }

  /** The next full segment, to be used before the next call; undefined where more is needed. */
  next(): Uint8Array | undefined {
    if (this.#waits === 0 && this.#piece.length >= this.#needed) return this.#take(this.#size);
    if (this.#waits < this.#size) {
      const taken = this.#take(Math.min(this.#size - this.#waits, this.#piece.length));
      this.#waiting.set(taken, this.#waits);
      this.#waits += taken.length;
    }
    if (this.#waits + this.#piece.length < this.#needed) return undefined;
    this.#waits = 0;
    return this.#waiting;
  }

  /** What is left when nothing follows, of any length up to a full segment. */
  last(): Uint8Array {
    return this.#waiting.subarray(0, this.#waits);
  }

  /** Wipes what waits. */
  close(): void {
    this.#waiting.fill(0);
    this.#waits = 0;
    this.#piece = nothing;
  }

  #take(length: number): Uint8Array {
    const taken = this.#piece.subarray(0, length);
    this.#piece = this.#piece.subarray(length);
    return taken;
  }
}

const nothing = new Uint8Array(0);
