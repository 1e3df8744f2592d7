import { Badge } from '#components/ui/badge.tsx';
import type { KeySummary } from '#lib/byok/key-views.ts';
import { type DisplayStatus, statusNames } from '#lib/byok/lifecycle.ts';
import type { Tone } from './protection.ts';

/** The one map from a status to how it looks. */
const statusTones = {
  draft: 'idle',
  scheduled: 'info',
  activating: 'warn',
  active: 'ok',
  rotating: 'warn',
  reverting: 'warn',
  reverted: 'idle',
} as const satisfies Record<DisplayStatus, Tone>;

/** For a key that cannot be reached because this version does not know how: neither healthy nor taken away. */
export function UnknownBadge({ of: { unknownConnection } }: { of: Pick<KeySummary, 'unknownConnection'> }) {
  return unknownConnection ? <Badge tone="bad">Connection not known</Badge> : null;
}

export function StatusBadge({ status }: { status: DisplayStatus }) {
  return <Badge tone={statusTones[status]}>{statusNames[status]}</Badge>;
}
