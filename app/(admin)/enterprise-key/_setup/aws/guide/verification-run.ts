import { stepNames, type VerifiableStep } from '#lib/byok/aws/set-up-steps.ts';
import type { RowId, RowOutcome, StepStatus, VerificationEvent, VerifiedRow } from '#lib/byok/checklist.ts';
import { checkName } from '#lib/byok/checks.ts';
import type { OperationError } from '#lib/byok/errors.ts';
import { outcomeNames } from '#lib/byok/test-report.ts';

/** One verification as the screen follows it. One step is verified at a time. */
export type VerificationRun = {
  step: VerifiableStep | null;
  phase: 'idle' | 'running' | 'ended' | 'broken';
  rows: { row: VerifiedRow; attempt: number | null }[];
  status: StepStatus | null;
  error: OperationError | null;
};

export type VerificationRunEvent =
  | VerificationEvent
  | { type: 'begin'; step: VerifiableStep }
  | { type: 'error'; error: OperationError }
  | { type: 'lost' };

export const noVerification: VerificationRun = { step: null, phase: 'idle', rows: [], status: null, error: null };

/** The screen's state after one more event. Events of a verification that has ended change nothing. */
export function followVerification(run: VerificationRun, event: VerificationRunEvent): VerificationRun {
  if (event.type === 'begin') return { ...noVerification, step: event.step, phase: 'running' };
  if (run.phase !== 'running') return run;
  switch (event.type) {
    case 'row':
      return { ...run, rows: withRow(run.rows, event.row) };
    case 'waiting':
      return { ...run, rows: run.rows.map((one) => (one.row.id === event.id ? waiting(one.row, event.attempt) : one)) };
    case 'done':
      return { ...run, phase: 'ended', status: event.status };
    case 'error':
      return { ...run, phase: 'broken', error: event.error };
    case 'lost':
      return { ...run, phase: 'broken' };
  }
}

/** What a screen reader is told: that it runs, and how it ended. */
export function verificationSaid(run: VerificationRun): string {
  if (run.step === null) return '';
  const name = stepNames[run.step];
  if (run.phase === 'running') return `Verifying “${name}”.`;
  if (run.phase === 'broken') return `Verifying “${name}” stopped before its end.`;
  return run.status ? `${name}: ${statusWords[run.status].label}.` : '';
}

export const statusWords = {
  open: { label: 'Not verified yet', tone: 'idle' },
  verified: { label: 'Verified', tone: 'ok' },
  partly: { label: 'Verified, as far as AWS tells', tone: 'ok' },
  failed: { label: 'Failed', tone: 'bad' },
  unknown: { label: 'Cannot be told yet', tone: 'warn' },
  changed: { label: 'Changed since it was verified', tone: 'warn' },
} as const satisfies Record<StepStatus, { label: string; tone: 'idle' | 'ok' | 'bad' | 'warn' }>;

export const rowTones = {
  passed: 'ok',
  failed: 'bad',
  warning: 'warn',
  unknown: 'warn',
  skipped: 'idle',
  'not-run': 'idle',
  running: 'info',
  'waiting-for-aws': 'warn',
} as const satisfies Record<RowOutcome, string>;

export function rowWord({ row, attempt }: VerificationRun['rows'][number]): string {
  const word = row.outcome === 'unknown' ? 'Cannot be told' : outcomeNames[row.outcome];
  return attempt === null ? word : `${word} (attempt ${attempt})`;
}

/** Checks by their name, actions as AWS spells them. */
export function rowName(id: RowId): string {
  return checkName(id);
}

function withRow(rows: VerificationRun['rows'], row: VerifiedRow): VerificationRun['rows'] {
  const one = { row, attempt: null };
  return rows.some((old) => old.row.id === row.id)
    ? rows.map((old) => (old.row.id === row.id ? one : old))
    : [...rows, one];
}

function waiting(row: VerifiedRow, attempt: number): VerificationRun['rows'][number] {
  return { row: { ...row, outcome: 'waiting-for-aws' }, attempt };
}
