import { checkName } from '#lib/byok/checks.ts';
import { outcomeNames } from '#lib/byok/outcome-names.ts';
import { anyService } from '#lib/byok/providers.ts';
import type { ReportView } from '#lib/byok/setup-views.ts';
import type { CheckResult, Outcome, TestEvent } from '#lib/byok/test-report.ts';
import type { StreamedRow, StreamedRun } from './streamed-run.ts';

/** One test, begun for what the report with this request ID was the last one of. */
export type TestRun = StreamedRun<string | null, CheckResult, Extract<TestEvent, { type: 'done' }>>;

export type CheckRow = StreamedRow<CheckResult>;

/** The stored report of what is shown; null while this run's own has not been fetched: an older one tells of another test. */
export function reportOf(run: TestRun, report: ReportView | null): ReportView | null {
  return run.phase === 'ended' && report?.requestId === run.about ? null : report;
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
 * What a screen reader is told, and no more than that: that it began, each failure, that the key service keeps us waiting, and how it
 * ended. Passed checks are on the screen and in the last sentence.
 */
export function announcement(run: TestRun): string {
  if (run.phase === 'idle') return '';
  if (run.phase === 'broken') return 'The test did not finish.';
  const results = run.rows.map((row) => row.result);
  if (run.phase === 'ended') return `The test has finished: ${summarize(results)}.`;
  const failed = results.find((result) => result.outcome === 'failed');
  if (failed) return `${checkName(failed.id)}: ${outcomeNames.failed}.`;
  const kept = results.find((result) => result.outcome === 'waiting');
  return kept ? `${checkName(kept.id)}: ${waitingFor}.` : 'The test is running.';
}

/** The word on a row; while AWS keeps us waiting it says how often it was asked. */
export function outcomeWord({ result: { outcome }, attempt }: StreamedRow): string {
  const word = outcome === 'unknown' ? 'Not known' : outcome === 'waiting' ? waitingFor : outcomeNames[outcome];
  return attempt === null ? word : `${word} (attempt ${attempt})`;
}

const waitingFor = `Waiting for ${anyService}`;

function countedName(outcome: (typeof summaryOrder)[number], count: number): string {
  if (outcome === 'warning') return count === 1 ? 'warning' : 'warnings';
  return outcomeNames[outcome].toLowerCase();
}
