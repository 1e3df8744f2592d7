'use client';

import { Button } from '#components/ui/button.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { stepNames } from '#lib/byok/aws/set-up-steps.ts';
import type { StepStatus } from '#lib/byok/checklist.ts';
import type { ReportView } from '#lib/byok/setup-views.ts';
import { ActionErrorNotice } from '../../../../../_shared/refusal/action-error-notice.tsx';
import { CheckRow, type OutsidePages } from '../../../_shared/connection/check-row.tsx';
import { storedRows } from '../../../_shared/connection/streamed-run.ts';
import { announcement, reportOf, summarize, type TestRun } from '../../../_shared/connection/test-run.ts';
import { HandOverLink } from '../../../_shared/hand-over-link.tsx';
import { ChecklistFrame } from './checklist-step.tsx';

type ConfigurationProps = {
  number: number;
  run: TestRun;
  report: ReportView | null;
  edited: boolean;
  busy: boolean;
  disabledReason: string | null;
  pages: OutsidePages | null;
  /** Whether policies can be pasted and checked on this page. */
  checkable: boolean;
  onTest: () => void;
};

/** Everything together: Test Configuration, the same as in the step Test, and with the same report. */
export function ConfigurationStep(props: ConfigurationProps) {
  const { number, run, report, edited, busy, disabledReason, pages, checkable, onTest } = props;
  const running = run.phase === 'running';
  const known = reportOf(run, report);
  const rows = run.phase === 'idle' ? storedRows(report?.checks) : run.rows;
  return (
    <ChecklistFrame
      action={
        <Button
          aria-label="Verify configuration"
          disabledReason={disabledReason ?? (busy && !running ? 'Another step is being verified.' : null)}
          onClick={onTest}
          pending={running}
        >
          Verify
        </Button>
      }
      id="configuration"
      number={number}
      status={running ? 'running' : statusOf(report, edited)}
      title={stepNames.configuration}
    >
      <p>
        Everything at once, in the order in which we will use it: this is Test Configuration, and the test that counts
        when you proceed.
      </p>
      {checkable ? (
        <p className="text-ink-2">
          Two things no call can show: that the key policy still has AWS’s own first statement, without which nobody
          could repair the key, and that the IAM policy is attached where the key policy alone is enough. Have both
          policies checked below.
        </p>
      ) : null}
      {run.error ? <ActionErrorNotice actionError={run.error} /> : null}
      {rows.length > 0 && !running ? (
        <p className="text-[0.8125rem] text-ink-2">
          {summarize(rows.map(({ result }) => result))}
          {known ? (
            <>
              {' '}
              · Last tested <RelativeTime at={known.finishedAt} /> by {known.testedBy} · Request ID{' '}
              <code className="break-all font-mono">{known.requestId}</code>
            </>
          ) : null}
        </p>
      ) : null}
      {rows.length > 0 ? (
        <details className="min-w-0" open={running || rows.some(({ result }) => result.outcome === 'failed')}>
          <summary className="py-1 font-medium">What AWS answered</summary>
          <ol aria-label="Checks" className="mt-1">
            {rows.map((row) => (
              <CheckRow key={row.result.id} pages={pages} provider="aws" row={row} step={number} />
            ))}
          </ol>
        </details>
      ) : null}
      <p aria-live="polite" className="sr-only" role="status">
        {announcement(run)}
      </p>
    </ChecklistFrame>
  );
}

function statusOf(report: ReportView | null, edited: boolean): StepStatus {
  if (!report) return 'open';
  if (report.stale || edited) return 'changed';
  return report.passed ? 'verified' : 'failed';
}

/** Nothing is sent to anybody: the console is what others send. */
export function ShareStep({ number, keyId }: { number: number; keyId: string }) {
  return (
    <ChecklistFrame id="share" number={number} status={null} title={stepNames.share}>
      <p>
        Nothing has to be sent, and nobody has to be asked: what you enter and verify here takes effect when you
        proceed, and our support sees in its own console how each key stands and why it fails.
      </p>
      <p>
        For whoever has no account here, one file holds what was agreed, every policy, the state of each step, and what
        remains for whom. No secret is in it.
      </p>
      <p>
        <HandOverLink keyId={keyId} />
      </p>
    </ChecklistFrame>
  );
}
