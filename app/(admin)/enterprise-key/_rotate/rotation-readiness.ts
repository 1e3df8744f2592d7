import type { Decision } from '#lib/byok/lifecycle.ts';
import type { ReportView } from '#lib/byok/setup-views.ts';
import type { CheckId } from '#lib/byok/test-report.ts';
import { openWarnings } from '../_shared/connection/acknowledge-warnings.tsx';

type Facts = {
  /** Why this person cannot change the key. */
  notMine: string | null;
  rotate: Decision;
  /** What is in the form differs from what is saved, or nothing is saved yet. */
  unsaved: boolean;
  testing: boolean;
  report: ReportView | null;
  acknowledged: ReadonlySet<CheckId>;
};

/** Why Rotate Key cannot be pressed now, the first reason first; null when it can. */
export function whyNotYet({ notMine, rotate, unsaved, testing, report, acknowledged }: Facts): string | null {
  if (notMine) return notMine;
  if (!rotate.allowed) return rotate.reason;
  if (testing) return 'Wait for the test to finish.';
  if (unsaved || !report) return 'Test what you entered first.';
  if (report.stale) return 'Test again first: something has changed since the last test.';
  if (!report.passed) return 'The test has to pass first.';
  const missing = openWarnings(report).some((id) => !acknowledged.has(id));
  return missing ? 'Acknowledge each warning of the test first.' : null;
}
