import type { KeyObject } from 'node:crypto';

/** How many derived keys a data key keeps for reading: as many as processes are likely to have written at one time. */
const MAX_KEYS = 8;
const PREFIX_BYTES = 12;

/** The keys that were derived last, by their prefixes; whoever was not used longest goes first. */
export class RecentKeys {
  /** Last used first. So few are compared faster than a prefix is turned into what a Map can be asked for. */
  readonly #keys: { prefix: Uint8Array; key: KeyObject }[] = [];

  /** @returns the key of the prefix that begins at `at` */
  find(bytes: Uint8Array, at: number): KeyObject | undefined {
    for (let i = 0; i < this.#keys.length; i++) {
      const entry = this.#keys[i];
      if (entry === undefined || !isAt(entry.prefix, bytes, at)) continue;
      for (let to = i; to > 0; to--) this.#keys[to] = this.#keys[to - 1] ?? entry;
      this.#keys[0] = entry;
      return entry.key;
    }
    return undefined;
  }

  /** Whose prefix begins at `at`; it is copied. */
  keep(bytes: Uint8Array, at: number, key: KeyObject): void {
    // Not `slice`, which makes another Buffer: this is done for every message of a writer not seen lately.
    const prefix = new Uint8Array(PREFIX_BYTES);
    for (let i = 0; i < PREFIX_BYTES; i++) prefix[i] = bytes[at + i] ?? 0;
    this.#keys.unshift({ prefix, key });
    if (this.#keys.length > MAX_KEYS) this.#keys.pop();
  }
}

/** Whether `bytes` has this prefix at `at`. Prefixes are no secrets. */
export function isAt(prefix: Uint8Array, bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < prefix.length; i++) if (prefix[i] !== bytes[at + i]) return false;
  return true;
}
