import { Badge } from '#components/ui/badge.tsx';
import { statusNames } from '#lib/byok/lifecycle.ts';
import type { TenantRow } from '#lib/byok/vendor-views.ts';
import { HealthBadges } from '../../../_shared/key/health-badge.tsx';
import { StatusBadge } from '../../../_shared/key/status-badge.tsx';

/** The life cycle's word, and the health beside it where a key is in use. */
export function TenantStatus({ row }: { row: Pick<TenantRow, 'status' | 'health' | 'unreadable' | 'appsUnderKey'> }) {
  return (
    <span className="flex flex-wrap gap-1.5">
      <Status status={row.status} />
      {row.appsUnderKey > 0 || row.status === 'reverting' ? <HealthBadges of={row} /> : null}
    </span>
  );
}

function Status({ status }: { status: TenantRow['status'] }) {
  // The two that a key of its own never has.
  if (status === 'none') return <Badge tone="idle">{statusNames[status]}</Badge>;
  if (status === 'activation-failed') return <Badge tone="bad">{statusNames[status]}</Badge>;
  return <StatusBadge status={status} />;
}
