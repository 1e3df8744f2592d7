import type { KeyPageView } from '../../byok/key-views.ts';
import type { TakenOver } from '../../db/key-transitions.ts';

const dayMs = 86_400_000;

/**
 * What lay under the platform key until a key took it over can be opened from the backups made before it was sealed
 * again, for as long as those backups live, what services hold outside included: while records are still to be sealed again that is every backup made so far.
 */
export function backupsOf(takenOver: TakenOver[], retentionDays: number, now: Date): KeyPageView['backups'] {
  const alive = takenOver
    .map(({ records, outside, endedAt }) => ({ records, outside, olderThan: endedAt ?? now }))
    .filter(
      ({ records, outside, olderThan }) =>
        (records > 0 || outside) && olderThan.getTime() + retentionDays * dayMs > now.getTime(),
    );
  if (alive.length === 0) return null;
  const olderThan = new Date(Math.max(...alive.map((one) => one.olderThan.getTime())));
  return {
    records: alive.reduce((sum, one) => sum + one.records, 0),
    outside: alive.some((one) => one.outside),
    olderThan: olderThan.toISOString(),
    until: new Date(olderThan.getTime() + retentionDays * dayMs).toISOString(),
  };
}
