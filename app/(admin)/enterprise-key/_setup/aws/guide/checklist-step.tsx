'use client';

import type { ReactNode } from 'react';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { ErrorNotice } from '#components/ui/error-notice.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import type { ChecklistView, VerifiableStep } from '#lib/byok/aws/set-up-steps.ts';
import type { StepStatus } from '#lib/byok/checklist.ts';
import { ActionErrorNotice } from '../../../../../_shared/refusal/action-error-notice.tsx';
import type { OutsidePages } from '../../../_shared/connection/check-row.tsx';
import { storedRows } from '../../../_shared/connection/streamed-run.ts';
import { ChecklistRows } from './checklist-row.tsx';
import { statusWords, type VerificationRun } from './verification-words.ts';

export type StepView = ChecklistView['steps'][number];

type FrameProps = {
  number: number;
  title: string;
  /** Id of the step: names the area. */
  id: string;
  status: StepStatus | 'running' | null;
  /** The button, where there is one. */
  action?: ReactNode;
  children: ReactNode;
};

/** One step of the set-up: what to do, how it stands, and the button that verifies it. */
export function ChecklistFrame({ number, title, id, status, action, children }: FrameProps) {
  const heading = `step-${id}`;
  return (
    <Panel aria-labelledby={heading}>
      <PanelHeader
        actions={
          <>
            {status ? <StepBadge status={status} /> : null}
            {action}
          </>
        }
        id={heading}
        level={3}
        title={`${number}. ${title}`}
      />
      <div className="grid grid-cols-1 gap-3">{children}</div>
    </Panel>
  );
}

type StepProps = {
  number: number;
  title: string;
  step: StepView & { id: VerifiableStep };
  run: VerificationRun;
  /** Something in the form differs from what is saved, and the step rests on it. */
  edited: boolean;
  /** Why it cannot be verified now. */
  disabledReason: string | null;
  pages: OutsidePages | null;
  /** What AWS's answer leaves open, where the step is right. */
  openQuestion: string | null;
  /** Whether a policy can be pasted and checked on this page. */
  checkable: boolean;
  onVerify: (step: VerifiableStep) => void;
  children: ReactNode;
};

/** A step that is verified by itself. */
export function ChecklistStep(props: StepProps) {
  const { number, title, step, run, disabledReason, pages, onVerify, children } = props;
  const own = run.about === step.id ? run : null;
  const status = statusShown(props);
  const rows = own ? own.rows : storedRows(step.record?.rows);
  const other = run.phase === 'running' && !own ? 'Another step is being verified.' : null;
  return (
    <ChecklistFrame
      action={
        <Button
          aria-label={`Verify ${title}`}
          disabledReason={disabledReason ?? other}
          onClick={() => onVerify(step.id)}
          pending={own?.phase === 'running'}
        >
          Verify
        </Button>
      }
      id={step.id}
      number={number}
      status={status}
      title={title}
    >
      {children}
      {own?.phase === 'broken' ? <Broken run={own} /> : null}
      {status === 'running' || rows.length === 0 ? null : <Standing {...props} status={status} />}
      <ChecklistRows number={number} pages={pages} rows={rows} step={step.id} />
    </ChecklistFrame>
  );
}

/** What just ran counts until the page has been fetched anew, and what was edited since does not. */
function statusShown({ step, run, edited }: StepProps): StepStatus | 'running' {
  if (run.about === step.id && run.phase === 'running') return 'running';
  if (edited && step.record) return 'changed';
  const fresh = run.about === step.id && step.status !== 'changed' ? run.done?.status : null;
  return fresh ?? step.status;
}

function Standing({ step: { record }, status, openQuestion, checkable }: StepProps & { status: StepStatus }) {
  return (
    <div className="text-[0.8125rem] text-ink-2">
      {status === 'changed' ? (
        <p className="font-medium text-warn">What this was verified for has changed since: verify it again.</p>
      ) : null}
      {status === 'partly' && openQuestion ? (
        <p>{checkable ? `${openQuestion} To be sure, have the policy checked below.` : openQuestion}</p>
      ) : null}
      {record ? (
        <p>
          Last verified <RelativeTime at={record.at} /> by {record.by} · Request ID{' '}
          <code className="break-all font-mono">{record.requestId}</code>
        </p>
      ) : null}
    </div>
  );
}

function Broken({ run }: { run: VerificationRun }) {
  if (run.error) return <ActionErrorNotice actionError={run.error} />;
  return (
    <ErrorNotice
      error={{
        title: 'The verification stopped before its end.',
        meaning: 'The connection broke. Nothing was changed.',
        next: 'Verify the step again.',
      }}
    />
  );
}

export function StepBadge({ status }: { status: StepStatus | 'running' }) {
  if (status === 'running') return <Badge tone="moving">Verifying</Badge>;
  const { label, tone } = statusWords[status];
  return <Badge tone={tone}>{label}</Badge>;
}
