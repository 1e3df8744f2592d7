/** How many bytes may be held at once, in all and of one. */
export class Room {
  readonly #most: number;
  readonly #mostOfOne: number;
  readonly #taken = new Map<string, number>();
  #all = 0;

  constructor(most: number, mostOfOne: number) {
    this.#most = most;
    this.#mostOfOne = mostOfOne;
  }

  /** @returns what gives the room back, once; undefined where there is none */
  take(whose: string, bytes: number): (() => void) | undefined {
    const own = this.#taken.get(whose) ?? 0;
    if (this.#all + bytes > this.#most || own + bytes > this.#mostOfOne) return undefined;
    this.#add(whose, bytes);
    let isTaken = true;
    return () => {
      if (isTaken) this.#add(whose, -bytes);
      isTaken = false;
    };
  }

  #add(whose: string, bytes: number): void {
    this.#all += bytes;
    const own = (this.#taken.get(whose) ?? 0) + bytes;
    if (own === 0) this.#taken.delete(whose);
    else this.#taken.set(whose, own);
  }
}
