'use client';

import type { ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { ErrorNotice } from '#components/ui/error-notice.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { checksOf } from '#lib/byok/checks.ts';
import type { ProviderId } from '#lib/byok/providers.ts';
import type { ReportView } from '#lib/byok/setup-views.ts';
import { ActionErrorNotice } from '../../../../_shared/refusal/action-error-notice.tsx';
import { CheckRow, type OutsidePages } from './check-row.tsx';
import { storedRows } from './streamed-run.ts';
import { announcement, type CheckRow as Row, reportOf, summarize, type TestRun } from './test-run.ts';
import { TestedFacts } from './tested-facts.tsx';

type TestPanelProps = {
  provider: ProviderId;
  run: TestRun;
  /** The last test of what is saved. */
  report: ReportView | null;
  /** Something in the form differs from what was tested. */
  changed?: boolean;
  description: string;
  pages: OutsidePages | null;
  onStart: () => void;
  /** What comes before the test itself is under way. */
  pending?: boolean;
  disabledReason: string | null;
  children?: ReactNode;
};

/** Test Configuration: the button, a row per check as it comes, and whether what is shown still counts. */
export function TestPanel(props: TestPanelProps) {
  const {
    provider,
    run,
    report,
    changed = false,
    description,
    pages,
    onStart,
    pending = false,
    disabledReason,
  } = props;
  const running = run.phase === 'running';
  const rows: Row[] = run.phase === 'idle' ? storedRows(report?.checks) : run.rows;
  return (
    <Panel aria-labelledby="test-heading">
      <PanelHeader
        actions={
          <>
            <span className="text-ink-2 tabular-nums">{running ? null : summarize(rows.map((row) => row.result))}</span>
            <Button disabledReason={disabledReason} onClick={onStart} pending={running || pending} variant="primary">
              Test Configuration
            </Button>
          </>
        }
        description={description}
        id="test-heading"
        title="Checks"
      />
      {props.children}
      <Standing changed={changed} report={reportOf(run, report)} run={run} />
      <Rows pages={pages} provider={provider} rows={rows} />
      {report && !running && !changed ? <TestedFacts provider={provider} report={report} /> : null}
      <p aria-live="polite" className="sr-only" role="status">
        {announcement(run)}
      </p>
    </Panel>
  );
}

/** Whether what is shown holds: who ran it and when, or why it no longer counts. */
function Standing({ report, run, changed }: Pick<TestPanelProps, 'report' | 'run' | 'changed'>) {
  if (run.phase === 'running') return null;
  if (run.error) return <ActionErrorNotice actionError={run.error} />;
  if (run.phase === 'broken') {
    return (
      <ErrorNotice
        error={{
          title: 'The test stopped before its end.',
          meaning: 'The connection broke. Nothing was changed.',
          next: 'Run it again.',
        }}
      />
    );
  }
  if (!report) return null;
  return (
    <>
      {report.stale || changed ? (
        <Callout title="Something has changed since this test." tone="warn">
          <p>It no longer counts: run it again before you proceed.</p>
        </Callout>
      ) : null}
      <p className="text-[0.8125rem] text-ink-2">
        Last tested <RelativeTime at={report.finishedAt} /> by {report.testedBy} · Request ID{' '}
        <code className="break-all font-mono">{report.requestId}</code>
      </p>
    </>
  );
}

function Rows({ provider, rows, pages }: { provider: ProviderId; rows: Row[]; pages: OutsidePages | null }) {
  if (rows.length === 0) {
    return (
      <p className="text-ink-2">{`Nothing tested yet. These are checked: ${checksOf(provider)
        .map(({ name }) => name)
        .join(', ')}.`}</p>
    );
  }
  return (
    <ol aria-label="Checks" className="mt-1">
      {rows.map((row) => (
        <CheckRow key={row.result.id} pages={pages} provider={provider} row={row} />
      ))}
    </ol>
  );
}
