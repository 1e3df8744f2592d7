import { checkName } from '#lib/byok/checks.ts';
import type { OperationError } from '#lib/byok/errors.ts';
import type { ReportView } from '#lib/byok/setup-views.ts';
import { type CheckId, type CheckResult, type Outcome, outcomeNames, type TestEvent } from '#lib/byok/test-report.ts';

/** One test as the screen follows it: rows in the order in which they came, and how the whole stands. */
export type TestRun = {
  phase: 'idle' | 'running' | 'ended' | 'broken';
  rows: CheckRow[];
  error: OperationError | null;
  /** The request ID of the report that was there when it began. */
  before: string | null;
};

export type CheckRow = {
  result: CheckResult;
  /** Set while AWS is asked again, counted from 2. */
  attempt: number | null;
};

export type TestRunEvent =
  | TestEvent
  | { type: 'begin'; before?: string | null }
  | { type: 'error'; error: OperationError }
  | { type: 'lost' };

export const noRun: TestRun = { phase: 'idle', rows: [], error: null, before: null };

/** The screen's state after one more event of the stream. Events of a run that has ended change nothing. */
export function followTest(run: TestRun, event: TestRunEvent): TestRun {
  if (event.type === 'begin') return { phase: 'running', rows: [], error: null, before: event.before ?? null };
  if (run.phase !== 'running') return run;
  switch (event.type) {
    case 'check':
      return { ...run, rows: withRow(run.rows, { result: event.result, attempt: null }) };
    case 'waiting':
      return { ...run, rows: run.rows.map((row) => (row.result.id === event.id ? waiting(row, event.attempt) : row)) };
    case 'done':
      return { ...run, phase: 'ended' };
    case 'error':
      return { ...run, phase: 'broken', error: event.error };
    case 'lost':
      return { ...run, phase: 'broken' };
  }
}

/** The stored report of what is shown; null while this run's own has not been fetched: an older one tells of another test. */
export function reportOf(run: TestRun, report: ReportView | null): ReportView | null {
  return run.phase === 'ended' && report?.requestId === run.before ? null : report;
}

const summaryOrder = ['passed', 'failed', 'warning', 'skipped', 'not-run'] as const satisfies Outcome[];

/** "4 passed · 1 failed · 4 not run" */
export function summarize(results: readonly Pick<CheckResult, 'outcome'>[]): string {
  return summaryOrder
    .map((outcome) => ({ outcome, count: results.filter((result) => result.outcome === outcome).length }))
    .filter(({ count }) => count > 0)
    .map(({ outcome, count }) => `${count} ${countedName(outcome, count)}`)
    .join(' · ');
}

/**
 * What a screen reader is told, and no more than that: that it began, each failure, that AWS keeps us waiting, and how it
 * ended. Passed checks are on the screen and in the last sentence.
 */
export function announcement(run: TestRun): string {
  if (run.phase === 'idle') return '';
  if (run.phase === 'broken') return 'The test stopped before its end.';
  const results = run.rows.map((row) => row.result);
  if (run.phase === 'ended') return `The test has ended: ${summarize(results)}.`;
  const failed = results.find((result) => result.outcome === 'failed');
  if (failed) return `${checkName(failed.id)}: ${outcomeNames.failed}.`;
  const kept = results.find((result) => result.outcome === 'waiting-for-aws');
  return kept ? `${checkName(kept.id)}: ${outcomeNames['waiting-for-aws']}.` : 'The test is running.';
}

/** The word on a row; while AWS keeps us waiting it says how often it was asked. */
export function outcomeWord(row: CheckRow): string {
  const word = outcomeNames[row.result.outcome];
  return row.attempt === null ? word : `${word} (attempt ${row.attempt})`;
}

/** Names of the checks whose denied calls in the customer's CloudTrail are ours, on purpose. */
export function negativeChecks(results: readonly CheckResult[]): CheckId[] {
  return results.filter((result) => result.negative && result.outcome !== 'not-run').map((result) => result.id);
}

function withRow(rows: CheckRow[], row: CheckRow): CheckRow[] {
  const known = rows.some(({ result }) => result.id === row.result.id);
  return known ? rows.map((old) => (old.result.id === row.result.id ? row : old)) : [...rows, row];
}

function waiting(row: CheckRow, attempt: number): CheckRow {
  return { result: { ...row.result, outcome: 'waiting-for-aws' }, attempt };
}

function countedName(outcome: (typeof summaryOrder)[number], count: number): string {
  if (outcome === 'warning') return count === 1 ? 'warning' : 'warnings';
  return outcomeNames[outcome].toLowerCase();
}
