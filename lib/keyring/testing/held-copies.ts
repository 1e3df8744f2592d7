import type { DataKeyCache } from '../../envelope/data-key-cache.ts';

const holder = globalThis as typeof globalThis & { keywardKeyring?: { cache: DataKeyCache } };

/** For tests: how many unwrapped data keys this process holds in its memory. */
export function heldCopies(): number {
  return holder.keywardKeyring?.cache.stats().entries ?? 0;
}
