import type { KeyObject } from 'node:crypto';

/** How many derived keys a data key keeps for reading: as many as processes are likely to have written at one time. */
const MAX_KEYS = 8;

/** The keys that were derived last, by the nonces' first 12 bytes as latin1; whoever was not used longest goes first. */
export class RecentKeys {
  readonly #keys = new Map<string, KeyObject>();
  #newest = '';

  find(prefix: string): KeyObject | undefined {
    const key = this.#keys.get(prefix);
    if (key !== undefined && prefix !== this.#newest) this.keep(prefix, key);
    return key;
  }

  keep(prefix: string, key: KeyObject): void {
    this.#keys.delete(prefix);
    this.#keys.set(prefix, key);
    this.#newest = prefix;
    for (const oldest of this.#keys.keys()) {
      if (this.#keys.size <= MAX_KEYS) break;
      this.#keys.delete(oldest);
    }
  }
}
