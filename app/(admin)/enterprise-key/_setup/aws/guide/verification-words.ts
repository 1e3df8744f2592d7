import { stepNames, type VerifiableStep } from '#lib/byok/aws/set-up-steps.ts';
import type { RowOutcome, StepStatus, VerificationEvent, VerifiedRow } from '#lib/byok/checklist.ts';
import type { StreamedRun } from '../../../_shared/connection/streamed-run.ts';

/** The verification of one step. */
export type VerificationRun = StreamedRun<VerifiableStep, VerifiedRow, Extract<VerificationEvent, { type: 'done' }>>;

/** What a screen reader is told: that it runs, and how it ended. */
export function verificationSaid(run: VerificationRun): string {
  if (run.about === null) return '';
  const name = stepNames[run.about];
  if (run.phase === 'running') return `Verifying “${name}”.`;
  if (run.phase === 'broken') return `Verifying “${name}” did not finish.`;
  return run.done ? `${name}: ${statusWords[run.done.status].label}.` : '';
}

export const statusWords = {
  open: { label: 'Not verified yet', tone: 'idle' },
  verified: { label: 'Verified', tone: 'ok' },
  partly: { label: 'Partly verified', tone: 'ok' },
  failed: { label: 'Failed', tone: 'bad' },
  unknown: { label: 'Not known yet', tone: 'warn' },
  changed: { label: 'Changed since it was verified', tone: 'warn' },
} as const satisfies Record<StepStatus, { label: string; tone: 'idle' | 'ok' | 'bad' | 'warn' }>;

export const rowTones = {
  passed: 'ok',
  failed: 'bad',
  warning: 'warn',
  unknown: 'warn',
  skipped: 'idle',
  'not-run': 'idle',
  running: 'moving',
  waiting: 'warn',
} as const satisfies Record<RowOutcome, string>;
