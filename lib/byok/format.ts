/**
 * Numbers and instants as people read them. The locale is fixed, so that the server and the browser write the same text and
 * hydration finds what it expects.
 */
const locale = 'en-GB';
const whole = new Intl.NumberFormat(locale);
const ahead = new Intl.RelativeTimeFormat(locale, { numeric: 'always' });
const plurals = new Intl.PluralRules(locale);

export function formatCount(count: number): string {
  return whole.format(count);
}

/** "1 record", "2 records": the number and its noun always agree. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${plural(count, one, many)}`;
}

/** The form that goes with the number: the noun, or the verb. */
export function plural(count: number, one: string, many: string): string {
  return plurals.select(count) === 'one' ? one : many;
}

/** "1 December 2026, 09:00 CET". */
export function formatInstant(at: string, timeZone = 'UTC'): string {
  const options: Intl.DateTimeFormatOptions = {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  };
  return inZone(options, timeZone).format(new Date(at)).replace(' at ', ', ');
}

/** A zone that is not known is read as UTC, rather than breaking the page. */
export function inZone(options: Intl.DateTimeFormatOptions, timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone });
  } catch {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
  }
}

/** "22 November 2026" in UTC. */
export function formatDay(at: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(at));
}

/** "14:32:10 UTC" */
export function formatClock(at: string): string {
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'medium', timeZone: 'UTC' }).format(new Date(at));
  return `${time} UTC`;
}

/** "12:04" on the reader's own clock: never on the server, which has another. */
export function formatOwnClock(at: string): string {
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(new Date(at));
}

/** "1,234.50" */
export function formatAmount(amount: number): string {
  return amount.toLocaleString(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

/** "3 December 2026" as it is sorted, to the minute: "2026-12-03, 09:12 UTC". */
export function formatMinute(at: string): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ', ')} UTC`;
}

/** "in 3 days", "in 2 hours". */
export function formatAhead(amount: number, unit: 'day' | 'hour' | 'minute'): string {
  return ahead.format(amount, unit);
}

/** "850 ms", "1.2 s" */
export function formatDuration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** "60 seconds", "5 minutes", "1 minute 30 seconds" */
export function formatSeconds(seconds: number): string {
  if (seconds <= 90 && seconds % 60 !== 30) return countOf(seconds, 'second');
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  return rest === 0 ? countOf(minutes, 'minute') : `${countOf(minutes, 'minute')} ${countOf(rest, 'second')}`;
}
