'use client';

import { Button, LinkButton } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { ErrorNotice } from '#components/ui/error-notice.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { checkNames } from '#lib/byok/test-report.ts';
import type { ReportView, SetupView } from '#lib/byok/views.ts';
import { CheckRow } from './check-row.tsx';
import { describeSetUp } from './set-up.ts';
import { StepFrame } from './step-frame.tsx';
import { stepHref } from './steps.ts';
import { announcement, type CheckRow as Row, summarize, type TestRun } from './test-run.ts';
import { TroubleNotice } from './trouble-notice.tsx';
import { useSaveStep } from './use-save-step.ts';
import { useTestRun } from './use-test-run.ts';

/** Step 4: prove that the key can be used, and by nobody but us. Tests what is saved, and changes nothing. */
export function TestStep({ setup }: { setup: SetupView }) {
  const { run, start } = useTestRun(setup.key.id);
  const running = run.phase === 'running';
  const saver = useSaveStep(setup, 'test', running ? 'cut' : 'free');
  const rows: Row[] =
    run.phase === 'idle' ? (setup.report?.checks ?? []).map((result) => ({ result, attempt: null })) : run.rows;
  const complete = setup.configuration.keyArn !== '' && setup.configuration.roleArn !== '';

  return (
    <StepFrame
      onNext={(event) => {
        event.preventDefault();
        void saver.save({ step: 'test', values: {} }, 'next');
      }}
      saver={saver}
    >
      <Panel aria-labelledby="test-heading">
        <PanelHeader
          actions={
            <Start
              complete={complete}
              onStart={() => void start()}
              running={running}
              summary={summarize(rows.map((row) => row.result))}
            />
          }
          description="Asks AWS, with the role and the key that you saved. It changes nothing, here or there."
          id="test-heading"
          title="Checks"
        />
        {complete ? null : (
          <p className="mb-2">
            <LinkButton href={stepHref(setup.key.id, 'connect')} size="small">
              Go to Connect
            </LinkButton>
          </p>
        )}
        <Standing report={setup.report} run={run} />
        <Rows rows={rows} setup={setup} />
        <p aria-live="polite" className="sr-only" role="status">
          {announcement(run)}
        </p>
      </Panel>
    </StepFrame>
  );
}

type StartProps = { complete: boolean; running: boolean; summary: string; onStart: () => void };

function Start({ complete, running, summary, onStart }: StartProps) {
  return (
    <>
      <span className="text-ink-2 tabular-nums">{running ? null : summary}</span>
      <Button
        disabledReason={complete ? null : 'Fill in Connect first.'}
        onClick={onStart}
        pending={running}
        variant="primary"
      >
        Test Configuration
      </Button>
    </>
  );
}

/** Whether what is shown holds: who ran it and when, or why it no longer counts. */
function Standing({ report, run }: { report: ReportView | null; run: TestRun }) {
  if (run.phase === 'running') return null;
  if (run.error) return <TroubleNotice trouble={run.error} />;
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
      {report.stale ? (
        <Callout title="Something has changed since this test." tone="warn">
          <p>It no longer counts: run it again before you proceed.</p>
        </Callout>
      ) : null}
      <p className="text-[0.8125rem] text-ink-2">
        Last tested <RelativeTime at={report.finishedAt} /> by {report.byEmail} · Request ID{' '}
        <code className="break-all font-mono">{report.requestId}</code>
      </p>
    </>
  );
}

function Rows({ rows, setup }: { rows: Row[]; setup: SetupView }) {
  const links = describeSetUp(setup)?.links ?? null;
  if (rows.length === 0) {
    return (
      <p className="text-ink-2">{`Nothing tested yet. These are checked: ${Object.values(checkNames).join(', ')}.`}</p>
    );
  }
  return (
    <ol aria-label="Checks" className="mt-1">
      {rows.map((row) => (
        <CheckRow key={row.result.id} pages={links} row={row} />
      ))}
    </ol>
  );
}
