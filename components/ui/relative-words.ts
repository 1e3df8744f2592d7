/**
 * "40 s ago", "in 3 days": how far an instant lies from now, both in milliseconds since 1970. Rounded down, so that
 * nothing is said to have been reached before it was.
 */
export function relativeWords(at: number, now: number): string {
  const distanceMs = Math.abs(at - now);
  if (distanceMs < 5_000) return at > now + second ? 'in a moment' : 'just now';
  const step = steps.find(({ fromMs }) => distanceMs >= fromMs) ?? smallest;
  const amount = Math.floor(distanceMs / step.unitMs);
  const words = `${amount} ${step.unit}`;
  return at > now ? `in ${words}` : `${words} ago`;
}

/** "23 min": how long an instant is past. */
export function ageWords(at: number, now: number): string {
  return relativeWords(Math.min(at, now - 5_000), now).replace(/ ago$/, '');
}

/** The absolute time in a time zone: "22 Nov 2026, 09:12:05 UTC". */
export function absoluteWords(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZone,
    timeZoneName: 'short',
  }).format(at);
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const smallest = { fromMs: 0, unitMs: second, unit: 's' };
const steps = [
  // Never one of them: a day is told in hours until there are two.
  { fromMs: 2 * day, unitMs: day, unit: 'days' },
  { fromMs: 2 * hour, unitMs: hour, unit: 'h' },
  { fromMs: 90 * second, unitMs: minute, unit: 'min' },
  smallest,
];
