import { Badge } from '#components/ui/badge.tsx';
import type { KeySummary } from '#lib/byok/key-views.ts';
import type { DisplayStatus } from '#lib/byok/lifecycle.ts';
import type { Tone } from './protection.ts';

/** The one map from a status to how it looks. */
const statusTones = {
  Draft: 'idle',
  Scheduled: 'moving',
  Activating: 'warn',
  Active: 'ok',
  Rotating: 'warn',
  Reverting: 'warn',
  Reverted: 'idle',
} as const satisfies Record<DisplayStatus, Tone>;

/** For a key that cannot be reached because this version does not know how: neither healthy nor taken away. */
export function UnknownBadge({ of: { unknownConnection } }: { of: Pick<KeySummary, 'unknownConnection'> }) {
  return unknownConnection ? <Badge tone="bad">Connection not known</Badge> : null;
}

export function StatusBadge({ status }: { status: DisplayStatus }) {
  return <Badge tone={statusTones[status]}>{status}</Badge>;
}
