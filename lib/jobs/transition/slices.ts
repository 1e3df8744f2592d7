import type { IdRange } from '../../db/rewrap-store.ts';

/** Below this there is nothing to share; and no more workers than this share one transition. */
const leastPerSlice = 200;
const most = 16;

/**
 * The space of IDs in 1, 2, 4, 8 or 16 equal parts, so that several workers share a key transition. Decided by how much there was
 * at its beginning, so that all come to the same parts.
 */
export function slicesOf(total: number): IdRange[] {
  let count = 1;
  while (count < most && total >= count * 2 * leastPerSlice) count *= 2;
  const digits = 16 / count;
  return Array.from({ length: count }, (_, n) => ({
    from: idAt(n * digits),
    to: n + 1 < count ? idAt((n + 1) * digits) : undefined,
  }));
}

function idAt(firstDigit: number): string {
  return `${firstDigit.toString(16)}0000000-0000-0000-0000-000000000000`;
}
