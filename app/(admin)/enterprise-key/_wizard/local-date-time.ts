import { Temporal } from 'temporal-polyfill';

/** The instant behind a date and time of a place, or why there is none. */
export type ResolvedDate =
  | { ok: true; instant: string; note: string | null }
  | { ok: false; field: 'localDateTime' | 'timeZone'; message: string };

/**
 * `localDateTime` as an `<input type="datetime-local">` gives it (`2026-12-01T09:00`), `timeZone` an IANA name. An hour
 * that daylight saving skips does not exist and is refused; of an hour that comes twice the earlier one is taken, and
 * said so. An instant that is not after `now` is refused.
 */
export function resolveLocalDateTime(localDateTime: string, timeZone: string, now: Date): ResolvedDate {
  const local = parseLocal(localDateTime);
  if (!local) return { ok: false, field: 'localDateTime', message: 'Enter a date and a time.' };
  const zoned = both(local, timeZone);
  if (!zoned) return { ok: false, field: 'timeZone', message: 'Choose a time zone from the list.' };
  const { earlier, later } = zoned;
  if (!earlier.toPlainDateTime().equals(local))
    return { ok: false, field: 'localDateTime', message: skipped(local, zoned) };
  if (earlier.epochMilliseconds <= now.getTime()) {
    return { ok: false, field: 'localDateTime', message: 'This has passed. Choose a later date, or Now.' };
  }
  return {
    ok: true,
    instant: earlier.toInstant().toString({ smallestUnit: 'second' }),
    note: earlier.equals(later) ? null : ambiguous(local, zoned),
  };
}

/** What a stored instant looks like in `<input type="datetime-local">`; empty where there is none. */
export function toLocalDateTime(instant: string | null, timeZone: string): string {
  if (!instant) return '';
  try {
    const local = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDateTime();
    return local.toString({ smallestUnit: 'minute' });
  } catch {
    return '';
  }
}

/** "in 3 days", "in 2 hours", "4 minutes ago": the largest unit that fits, rounded. */
export function relativeWords(instant: string, now: Date): string {
  const seconds = (Date.parse(instant) - now.getTime()) / 1000;
  const words = new Intl.RelativeTimeFormat('en', { numeric: 'always' });
  for (const [unit, size] of [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ] as const) {
    if (Math.abs(seconds) >= size) return words.format(Math.round(seconds / size), unit);
  }
  return 'in less than a minute';
}

/** "Tue 1 December 2026, 09:00 CET" */
export function describeInstant(instant: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
    timeZoneName: 'short',
  });
  return format.format(new Date(instant)).replace(' at ', ', ');
}

/** IANA zones for a Select: the person's own first, then UTC, then all the others. */
export function timeZoneChoices(own: string): string[] {
  return [...new Set([own, 'UTC', ...Intl.supportedValuesOf('timeZone')])];
}

type Both = { earlier: Temporal.ZonedDateTime; later: Temporal.ZonedDateTime };

function parseLocal(text: string): Temporal.PlainDateTime | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(text)) return null;
  try {
    return Temporal.PlainDateTime.from(text, { overflow: 'reject' });
  } catch {
    return null;
  }
}

function both(local: Temporal.PlainDateTime, timeZone: string): Both | null {
  try {
    return {
      earlier: local.toZonedDateTime(timeZone, { disambiguation: 'earlier' }),
      later: local.toZonedDateTime(timeZone, { disambiguation: 'later' }),
    };
  } catch {
    return null;
  }
}

function skipped(local: Temporal.PlainDateTime, { later }: Both): string {
  const asked = clock(local);
  return `There is no ${asked} on this day in ${later.timeZoneId}: clocks go forward over it. Choose ${clock(later.toPlainDateTime())} or another time.`;
}

function ambiguous(local: Temporal.PlainDateTime, { earlier, later }: Both): string {
  return `${clock(local)} comes twice on this day in ${earlier.timeZoneId}, because clocks go back. The earlier one is taken (UTC${earlier.offset}, not UTC${later.offset}).`;
}

function clock(local: Temporal.PlainDateTime): string {
  return local.toPlainTime().toString({ smallestUnit: 'minute' });
}
