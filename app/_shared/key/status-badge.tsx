import { Badge } from '#components/ui/badge.tsx';
import { healthWords } from '#lib/byok/health.ts';
import type { KeySummary } from '#lib/byok/key-views.ts';
import { type DisplayStatus, statusNames } from '#lib/byok/lifecycle.ts';
import type { Tone } from './protection.ts';
import { isRevoked } from './status-summary.ts';

/** The one map from a status to how it looks. */
const statusTones = {
  draft: 'idle',
  scheduled: 'moving',
  activating: 'moving',
  active: 'ok',
  rotating: 'moving',
  reverting: 'moving',
  reverted: 'idle',
} as const satisfies Record<DisplayStatus, Tone>;

/** The one word on a key: its state, but for a key that was taken away, which says so instead. */
export function StateBadge({ of: key }: { of: KeySummary }) {
  return isRevoked(key) ? <Badge tone="bad">{healthWords.revoked.label}</Badge> : <StatusBadge status={key.status} />;
}

/** What health adds to that word: nothing, where it is the word. */
export function besideState(key: KeySummary): Pick<KeySummary, 'health' | 'unreadable'> {
  return { health: isRevoked(key) ? null : key.health, unreadable: key.unreadable };
}

/** For a key that cannot be reached because this version does not know how: neither healthy nor taken away. */
export function UnknownBadge({ of: { unknownConnection } }: { of: Pick<KeySummary, 'unknownConnection'> }) {
  return unknownConnection ? <Badge tone="bad">Connection not known</Badge> : null;
}

export function StatusBadge({ status }: { status: DisplayStatus }) {
  return <Badge tone={statusTones[status]}>{statusNames[status]}</Badge>;
}
