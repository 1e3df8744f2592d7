import type { Tone } from '#components/ui/badge.tsx';
import { plural } from '#lib/byok/format.ts';
import type { ReportView } from '#lib/byok/setup-views.ts';
import type { CheckResult } from '#lib/byok/test-report.ts';
import { type CheckRow, summarize, type TestRun } from './test-run.ts';

export type Verdict = { tone: Tone; title: string; words: string };

/** What a test says as a whole, in a sentence: whether it works, and if not, how many things there are to fix. */
export function verdictOf(
  run: Pick<TestRun, 'phase' | 'done'>,
  report: Pick<ReportView, 'stale' | 'passed'> | null,
  rows: readonly Pick<CheckRow, 'result'>[],
  { changed, description, works = 'It works' }: { changed: boolean; description: string; works?: string },
): Verdict {
  const results = rows.map(({ result }) => result);
  const counted = results.filter(({ outcome }) => outcome !== 'skipped').length;
  const words = summarize(results);
  if (run.phase === 'running') return { tone: 'moving', title: 'Testing…', words: words || description };
  if (rows.length === 0) return { tone: 'idle', title: 'Not tested yet', words: description };
  if (run.phase === 'broken') return { tone: 'warn', title: 'The test is not complete.', words };
  if (report?.stale || changed)
    return { tone: 'warn', title: 'Something has changed since this test. Run it again.', words };
  const failed = numberOf(results, 'failed');
  if (failed > 0) {
    const toFix = plural(failed, 'One thing to fix.', `${failed} things to fix.`);
    return { tone: 'bad', title: `${toFix} ${failed} of ${counted} checks failed.`, words };
  }
  const passed = numberOf(results, 'passed');
  const warnings = numberOf(results, 'warning');
  if (passed + warnings < counted) return { tone: 'warn', title: 'The test is not complete.', words };
  return warnings > 0
    ? {
        tone: 'ok',
        title: `${works}, with ${plural(warnings, 'one warning', `${warnings} warnings`)}. ${passed} of ${counted} checks passed.`,
        words,
      }
    : { tone: 'ok', title: `${works}. ${passed} of ${counted} checks passed.`, words };
}

function numberOf(results: readonly Pick<CheckResult, 'outcome'>[], wanted: CheckResult['outcome']): number {
  return results.filter(({ outcome }) => outcome === wanted).length;
}
