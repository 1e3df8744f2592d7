import { formatOwnClock } from '#lib/byok/format.ts';

/**
 * "Draft saved 12:04" on the reader's own clock. Only ever shown after something was pressed, so never on the server.
 * `scheduled`: the key is, so what was saved is a copy beside what stands.
 */
export function savedWords(at: string | null, { scheduled = false } = {}): string | null {
  if (!at) return null;
  const clock = formatOwnClock(at);
  return scheduled ? `Saved ${clock}; what was scheduled stands` : `Draft saved ${clock}`;
}
