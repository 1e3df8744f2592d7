/**
 * Lets callers that ask for the same thing at once read it together, without giving anybody an answer older than the
 * question: who comes while a read is under way waits for the next one, which all of them share.
 */
export class SharedReads {
  readonly #reads = new Map<string, Read>();

  /** @param read whatever it throws, everybody who shares this read is thrown */
  read<T>(place: string, read: () => Promise<T>): Promise<T> {
    const known = this.#reads.get(place);
    if (!known) return this.#begin(place, read);
    const begin = () => this.#begin(place, read);
    known.next ??= known.running.then(begin, begin);
    return known.next as Promise<T>;
  }

  #begin<T>(place: string, read: () => Promise<T>): Promise<T> {
    const running = read();
    const entry: Read = { running, next: undefined };
    this.#reads.set(place, entry);
    const end = () => {
      if (entry.next === undefined) this.#reads.delete(place);
    };
    running.then(end, end);
    return running;
  }
}

/** `next` begins when `running` has ended. */
type Read = { readonly running: Promise<unknown>; next: Promise<unknown> | undefined };
