import { Temporal } from 'temporal-polyfill';

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
