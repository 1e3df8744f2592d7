'use client';

import { useHydrated } from '#components/ui/use-hydrated.ts';
import { inZone } from '#lib/byok/format.ts';

/** The reader's own time zone; UTC on the server, which does not know it, and in the first look of the browser. */
export function useZone(): string {
  return useHydrated() ? Intl.DateTimeFormat().resolvedOptions().timeZone : 'UTC';
}

/** "15:41" */
export function clockIn(at: string, zone: string): string {
  return inZone({ hour: '2-digit', minute: '2-digit' }, zone).format(Date.parse(at));
}

/** "Tuesday, 24 November 2026" */
export function dayIn(at: string, zone: string): string {
  return inZone({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }, zone)
    .format(Date.parse(at))
    .replace(/^(\p{L}+) /u, '$1, ');
}

/** "Tuesday, 24 November 2026, 15:41:08 CET" */
export function instantIn(at: string, zone: string): string {
  const clock = inZone({ hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'short' }, zone);
  return `${dayIn(at, zone)}, ${clock.format(Date.parse(at))}`;
}

/** "1 December 2026, 09:00 CET", in a sentence. */
export function momentIn(at: string, zone: string): string {
  const format = inZone(
    { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' },
    zone,
  );
  return format.format(Date.parse(at)).replace(' at ', ', ');
}
