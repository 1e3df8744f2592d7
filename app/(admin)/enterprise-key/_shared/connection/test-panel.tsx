'use client';

import type { ReactNode } from 'react';
import { StatusShape } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { ErrorNotice } from '#components/ui/error-notice.tsx';
import { Fold } from '#components/ui/fold.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { type ProviderId, providers } from '#lib/byok/providers.ts';
import type { ReportView } from '#lib/byok/setup-views.ts';
import { ActionErrorNotice } from '../../../../_shared/refusal/action-error-notice.tsx';
import { CheckGroups } from './check-groups.tsx';
import type { OutsidePages } from './check-row.tsx';
import { storedRows } from './streamed-run.ts';
import { announcement, type CheckRow as Row, reportOf, type TestRun } from './test-run.ts';
import { TestedFacts } from './tested-facts.tsx';
import { verdictOf } from './verdict.ts';

type TestPanelProps = {
  provider: ProviderId;
  run: TestRun;
  /** The last test of what is saved. */
  report: ReportView | null;
  /** Something in the form differs from what was tested. */
  changed?: boolean;
  /** Said while there is no verdict. */
  description: string;
  pages: OutsidePages | null;
  onStart: () => void;
  /** What comes before the test itself is under way. */
  pending?: boolean;
  disabledReason: string | null;
  /** What a test that passed says; where it does not yet say that all works. */
  works?: string;
  /** What goes on from here, beside the verdict; `passed` says whether it moves the task on now. */
  next?: (passed: boolean) => ReactNode;
  children?: ReactNode;
};

/** Test Configuration: the verdict and its buttons, then a row per check, failed ones first and open. */
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
    next,
    works = 'It works',
  } = props;
  const running = run.phase === 'running';
  const known = reportOf(run, report);
  const rows: Row[] = run.phase === 'idle' ? storedRows(report?.checks) : run.rows;
  const verdict = verdictOf(run, known, rows, { changed, description, works });
  const passed = verdict.tone === 'ok';
  return (
    <>
      <Panel aria-labelledby="test-heading">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
          <span className={inks[verdict.tone]}>
            <StatusShape className="size-5" tone={verdict.tone} />
          </span>
          <div className="min-w-0 flex-1 basis-60">
            <h2 className="font-[620] text-lg leading-snug" id="test-heading">
              {verdict.title}
            </h2>
            <Told known={known} rows={rows} running={running} words={verdict.words} />
          </div>
          <div className="flex flex-wrap items-start gap-2.5">
            <Button
              disabledReason={props.disabledReason}
              onClick={onStart}
              pending={running || pending}
              variant={passed && next ? 'secondary' : 'primary'}
            >
              Test Configuration
            </Button>
            {next?.(passed)}
          </div>
        </div>
        {props.children}
      </Panel>
      <Broken run={run} />
      <CheckGroups pages={pages} provider={provider} rows={rows} running={running} />
      {report && !running && !changed ? (
        <Panel>
          <Fold summary={`Key details from ${providers[provider].words.service}, and permissions`}>
            <TestedFacts provider={provider} report={report} />
          </Fold>
        </Panel>
      ) : null}
      <p aria-live="polite" className="sr-only" role="status">
        {announcement(run)}
      </p>
    </>
  );
}

type ToldProps = { known: ReportView | null; rows: Row[]; running: boolean; words: string };

/** Below the verdict: the counts, who tested and when. */
function Told({ known, rows, running, words }: ToldProps) {
  return (
    <>
      <p className="text-[0.8125rem] text-ink-2 tabular-nums">{words}</p>
      {known && !running && rows.length > 0 ? (
        <p className="text-[0.8125rem] text-ink-2">
          Last tested <RelativeTime at={known.finishedAt} /> by {known.testedBy} · Request ID{' '}
          <code className="wrap-anywhere font-mono">{known.requestId}</code>
        </p>
      ) : null}
    </>
  );
}

function Broken({ run }: { run: TestRun }) {
  if (run.error) return <ActionErrorNotice actionError={run.error} />;
  if (run.phase !== 'broken') return null;
  return (
    <ErrorNotice
      error={{
        title: 'The test did not finish.',
        meaning: 'The connection was lost. Nothing was changed.',
        next: 'Run it again.',
      }}
    />
  );
}

const inks = {
  ok: 'text-ok',
  warn: 'text-warn',
  bad: 'text-bad',
  idle: 'text-idle',
  moving: 'text-moving',
} as const;
