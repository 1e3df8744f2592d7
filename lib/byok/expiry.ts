/** When imported key material ends. */

const day = 86_400_000;

/** From this many days before imported material expires, people are warned. */
export const warnDaysBefore = 30;

/** Whole days until then, never below 0; null where nothing expires. */
export function daysUntil(validTo: string | null, now: Date): number | null {
  if (validTo === null) return null;
  return Math.max(0, Math.floor((Date.parse(validTo) - now.getTime()) / day));
}
