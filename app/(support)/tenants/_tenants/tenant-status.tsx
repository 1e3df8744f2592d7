import { Badge } from '#components/ui/badge.tsx';
import { healthWords } from '#lib/byok/health.ts';
import { statusNames } from '#lib/byok/lifecycle.ts';
import type { TenantRow } from '#lib/byok/vendor-views.ts';
import { HealthBadges } from '../../../_shared/key/health-badge.tsx';
import { StatusBadge } from '../../../_shared/key/status-badge.tsx';

type RowOf = { row: Pick<TenantRow, 'status' | 'health' | 'unreadable' | 'appsUnderKey'> };

/** The life cycle's word, and the health beside it where a key is in use; one that was taken away says that instead. */
export function TenantStatus({ row }: RowOf) {
  const inUse = row.appsUnderKey > 0 || row.status === 'reverting';
  const revoked = inUse && row.health?.state === 'revoked';
  return (
    <span className="flex flex-wrap gap-1.5">
      {revoked ? <Badge tone="bad">{healthWords.revoked.label}</Badge> : <Status status={row.status} />}
      {inUse ? <HealthBadges of={revoked ? { ...row, health: null } : row} /> : null}
    </span>
  );
}

function Status({ status }: { status: TenantRow['status'] }) {
  // The two that a key of its own never has.
  if (status === 'none') return <Badge tone="idle">{statusNames[status]}</Badge>;
  if (status === 'activation-failed') return <Badge tone="bad">{statusNames[status]}</Badge>;
  return <StatusBadge status={status} />;
}
