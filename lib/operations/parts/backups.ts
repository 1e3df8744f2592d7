import type { KeyPageView } from '../../byok/key-views.ts';
import type { TakenOver } from '../../db/key-moves.ts';

const dayMs = 86_400_000;

/**
 * What lay under the platform key until a key took it over can be opened from the backups made before it was sealed
 * again, for as long as those backups live: while records are still to be sealed again that is every backup made so far.
 */
export function backupsOf(takenOver: TakenOver[], retentionDays: number, now: Date): KeyPageView['backups'] {
  const alive = takenOver
    .map(({ records, endedAt }) => ({ records, olderThan: endedAt ?? now }))
    .filter(({ records, olderThan }) => records > 0 && olderThan.getTime() + retentionDays * dayMs > now.getTime());
  if (alive.length === 0) return null;
  const olderThan = new Date(Math.max(...alive.map((one) => one.olderThan.getTime())));
  return {
    records: alive.reduce((sum, one) => sum + one.records, 0),
    olderThan: olderThan.toISOString(),
    until: new Date(olderThan.getTime() + retentionDays * dayMs).toISOString(),
  };
}
