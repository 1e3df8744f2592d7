import { Badge } from '#components/ui/badge.tsx';
import { type Health, healthWords } from '#lib/byok/health.ts';
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

const healthTones = {
  'not-yet-checked': 'idle',
  healthy: 'ok',
  degraded: 'warn',
  outage: 'warn',
  revoked: 'bad',
} as const satisfies Record<Health, Tone>;

export function StatusBadge({ status }: { status: DisplayStatus }) {
  return <Badge tone={statusTones[status]}>{status}</Badge>;
}

export function HealthBadge({ state }: { state: Health }) {
  return <Badge tone={healthTones[state]}>{healthWords[state].label}</Badge>;
}
