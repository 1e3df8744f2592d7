import { formatAhead, inZone } from '#lib/byok/format.ts';

/** "in 3 days", "in 2 hours": how far ahead a date lies that is being chosen, in the largest unit that fits, rounded. */
export function aheadWords(instant: string, now: Date): string {
  const seconds = (Date.parse(instant) - now.getTime()) / 1000;
  for (const [unit, size] of units) {
    if (Math.abs(seconds) >= size) return formatAhead(Math.round(seconds / size), unit);
  }
  return 'in less than a minute';
}

/** "Tue, 1 December 2026, 09:00 CET"; of a zone that is not known, the same in UTC. */
export function describeInstant(instant: string, timeZone: string): string {
  const options: Intl.DateTimeFormatOptions = {
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  };
  return inZone(options, timeZone).format(new Date(instant)).replace(' at ', ', ');
}

/** Said beneath a date whose hour comes twice. */
export function ambiguousNote(localDateTime: string, timeZone: string): string {
  const clock = localDateTime.slice(localDateTime.indexOf('T') + 1, localDateTime.indexOf('T') + 6);
  return `${clock} comes twice on this day in ${timeZone}, because clocks go back. The earlier of the two is taken.`;
}

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;
