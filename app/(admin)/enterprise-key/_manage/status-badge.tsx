import { Badge } from '#components/ui/badge.tsx';
import type { DisplayStatus } from '#lib/byok/lifecycle.ts';
import type { Tone } from './protection.ts';

/** The one map from a status to how it looks. */
const statusTones = {
  Draft: 'idle',
  Scheduled: 'info',
  Activating: 'warn',
  Active: 'ok',
  Rotating: 'warn',
  Reverting: 'warn',
  Reverted: 'idle',
} as const satisfies Record<DisplayStatus, Tone>;

export function StatusBadge({ status }: { status: DisplayStatus }) {
  return <Badge tone={statusTones[status]}>{status}</Badge>;
}
