/**
 * The enforcement date: an instant that people choose as a wall-clock time in a named zone. One rule turns the one
 * into the other, in the browser and on the server.
 */
import { Temporal } from 'temporal-polyfill';

export type EnforcementChoice =
  | { ok: true; at: string; note: 'ambiguous-hour' | null }
  | { ok: false; field: 'localDateTime' | 'timeZone'; message: string };

/**
 * @param localDateTime `2026-12-01T09:00`, as an input of type datetime-local gives it
 * @param timeZone IANA name
 * @returns the instant as ISO 8601 in UTC. Of an hour that comes twice the earlier one; an hour that daylight saving
 *   skips never comes and is refused; so is what has passed.
 */
export function enforcementInstant(localDateTime: string, timeZone: string, now: Date): EnforcementChoice {
  if (!isTimeZone(timeZone)) return { ok: false, field: 'timeZone', message: 'Choose a time zone from the list.' };
  let wall: Temporal.PlainDateTime;
  try {
    wall = Temporal.PlainDateTime.from(localDateTime);
  } catch {
    return { ok: false, field: 'localDateTime', message: 'Enter a date and a time.' };
  }
  const earlier = wall.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  const later = wall.toZonedDateTime(timeZone, { disambiguation: 'later' });
  const twoMeanings = earlier.epochMilliseconds !== later.epochMilliseconds;
  if (twoMeanings && !earlier.toPlainDateTime().equals(wall)) {
    return {
      ok: false,
      field: 'localDateTime',
      message: `This hour does not exist in ${timeZone}: daylight saving time skips it. Choose another.`,
    };
  }
  if (earlier.epochMilliseconds <= now.getTime()) {
    return { ok: false, field: 'localDateTime', message: 'This has passed. Choose a later time, or Now.' };
  }
  if (earlier.epochMilliseconds > now.getTime() + 10 * 366 * 86_400_000) {
    return { ok: false, field: 'localDateTime', message: 'This is more than ten years away. Check the year.' };
  }
  return {
    ok: true,
    at: new Date(earlier.epochMilliseconds).toISOString(),
    note: twoMeanings ? 'ambiguous-hour' : null,
  };
}

export function isTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return timeZone !== '';
  } catch {
    return false;
  }
}
