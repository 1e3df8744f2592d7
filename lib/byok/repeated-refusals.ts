import { formatCount, plural } from './format.ts';

/** What the history's event of a minute says: how often what was refused was refused again, and what for. */
export type Repeated = { count: number; firstAt: string; lastAt: string; targets: string[] };

/** @returns undefined for every other event */
export function repeatedIn(after: unknown): Repeated | undefined {
  const value: unknown = typeof after === 'object' && after !== null ? Reflect.get(after, 'repeated') : undefined;
  return isRepeated(value) ? value : undefined;
}

/** "Refused 1,480 more times between 12:00:01 and 12:00:59 UTC". */
export function repeatedWords({ count, firstAt, lastAt }: Repeated, outcome: 'refused' | 'failed'): string {
  const verb = outcome === 'failed' ? 'Failed' : 'Refused';
  const often = plural(count, 'once more', `${formatCount(count)} more times`);
  const [from, to] = [timeOf(firstAt), timeOf(lastAt)];
  return from === to ? `${verb} ${often} at ${from} UTC` : `${verb} ${often} between ${from} and ${to} UTC`;
}

function timeOf(instant: string): string {
  return instant.slice(11, 19);
}

function isRepeated(value: unknown): value is Repeated {
  if (typeof value !== 'object' || value === null) return false;
  const { count, firstAt, lastAt, targets } = value as Partial<Record<keyof Repeated, unknown>>;
  return (
    typeof count === 'number' && typeof firstAt === 'string' && typeof lastAt === 'string' && Array.isArray(targets)
  );
}
