'use client';

import { Check, ChevronDown } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { ErrorNotice } from '#components/ui/error-notice.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { ActionErrorNotice } from '../../../../../_shared/refusal/action-error-notice.tsx';
import type { OutsidePages } from '../../../_shared/connection/check-row.tsx';
import { storedRows } from '../../../_shared/connection/streamed-run.ts';
import { awsWords } from '../aws-words.ts';
import { ChecklistRows } from './checklist-row.tsx';
import type { GuideStep } from './guide-description.ts';
import { isVerified, type ShownStatus, type StepView } from './step-status.ts';
import { statusWords, type VerificationRun } from './verification-words.ts';

type StepProps = {
  number: number;
  step: GuideStep;
  status: ShownStatus;
  /** What was verified of each thing that it asks for. */
  views: readonly StepView[];
  run: VerificationRun;
  /** In a line, once it is verified. */
  seen: string;
  /** What AWS's answers leave open. */
  questions: readonly string[];
  open: boolean;
  onOpen: (open: boolean) => void;
  /** Why it cannot be verified now. */
  disabledReason: string | null;
  pages: OutsidePages | null;
  onVerify: () => void;
  children: ReactNode;
};

/** One step of the set-up: what to do, how it stands, and the button that verifies it. Verified it folds to a line. */
export function AccordionStep(props: StepProps) {
  const { number, step, status, seen, open, onOpen, disabledReason, onVerify, children } = props;
  const done = isVerified(status);
  const heading = `step-${step.id}`;
  const line = useRef<HTMLElement>(null);
  const wasOpen = useRef(open);
  useEffect(() => {
    // What is verified folds with the button that was pressed: the focus stays with its line, and goes on from there.
    if (wasOpen.current && !open && document.activeElement === document.body) line.current?.focus();
    wasOpen.current = open;
  }, [open]);
  return (
    <section aria-labelledby={heading} className="border-line border-t first:border-t-0">
      <details
        className="group"
        // Whatever opens it, a search in the page for one, is followed.
        onToggle={(event) => (event.currentTarget.open === open ? undefined : onOpen(event.currentTarget.open))}
        open={open}
      >
        {/* biome-ignore lint/a11y/noStaticElementInteractions: a summary is the browser's own button of its details */}
        <summary
          className="flex list-none flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5 sm:px-5 [&::-webkit-details-marker]:hidden"
          onClick={(event) => {
            event.preventDefault();
            onOpen(!open);
          }}
          ref={line}
        >
          <StepMark done={done} number={number} open={open} />
          <h3 className="grow basis-3/5 font-semibold sm:grow-0 sm:basis-auto" id={heading}>
            <span className="sr-only">{`${number}. `}</span>
            {step.title}
          </h3>
          <span className="order-3 min-w-0 grow pl-8.5 text-[0.8125rem] text-ink-2 empty:hidden sm:order-none sm:basis-40 sm:pl-0 sm:empty:block">
            {done ? seen : null}
          </span>
          <span className="order-2 pl-8.5 sm:order-none sm:pl-0">
            <StepBadge status={status} />
          </span>
          <ChevronDown
            aria-hidden="true"
            className="order-1 size-4 shrink-0 text-ink-2 transition-transform group-open:rotate-180 sm:order-none"
          />
        </summary>
        <div className="grid grid-cols-1 gap-3 px-4 pb-4 sm:pr-5 sm:pl-13">
          {children}
          <Broken {...props} />
          <Standing {...props} />
          <div>
            <Button
              aria-label={`Verify ${step.title}`}
              disabledReason={disabledReason}
              onClick={onVerify}
              pending={status === 'running'}
              variant={done ? 'secondary' : 'primary'}
            >
              Verify
            </Button>
          </div>
          <Answers {...props} />
        </div>
      </details>
    </section>
  );
}

function StepMark({ done, number, open }: { done: boolean; number: number; open: boolean }) {
  return (
    <span
      aria-hidden="true"
      className={classNames(
        'grid size-5.5 shrink-0 place-items-center rounded-full border text-xs tabular-nums',
        done
          ? 'border-transparent bg-ok-bg text-ok'
          : open
            ? 'border-transparent bg-act text-act-ink'
            : 'border-control/60 text-ink-3',
      )}
    >
      {done ? <Check className="size-3.5" /> : number}
    </span>
  );
}

function Standing({ status, questions, views }: StepProps) {
  const record = views.findLast((view) => view.record)?.record;
  if (status === 'running' || !record) return null;
  return (
    <div className="text-[0.8125rem] text-ink-2">
      {status === 'changed' ? <p className="font-medium text-warn">{awsWords.changed}</p> : null}
      {status === 'partly' ? questions.map((question) => <p key={question}>{question}</p>) : null}
      {status === 'partly' && questions.length > 0 ? <p>{awsWords.toBeSure}</p> : null}
      <p>
        Last verified <RelativeTime at={record.at} /> by {record.by} · Request ID{' '}
        <code className="wrap-anywhere font-mono">{record.requestId}</code>
      </p>
    </div>
  );
}

/** What AWS answered, for each thing that was asked. */
function Answers({ views, run, pages, number }: StepProps) {
  return views.map((view) => (
    <ChecklistRows
      key={view.id}
      number={number}
      pages={pages}
      rows={run.about === view.id ? run.rows : storedRows(view.record?.rows)}
      step={view.id}
    />
  ));
}

function Broken({ run, views }: StepProps) {
  if (run.phase !== 'broken' || !views.some(({ id }) => id === run.about)) return null;
  if (run.error) return <ActionErrorNotice actionError={run.error} />;
  return (
    <ErrorNotice
      error={{
        title: 'The verification did not finish.',
        meaning: 'The connection was lost. Nothing was changed.',
        next: 'Verify the step again.',
      }}
    />
  );
}

function StepBadge({ status }: { status: ShownStatus }) {
  if (status === 'running') return <Badge tone="moving">Verifying</Badge>;
  const { label, tone } = statusWords[status];
  return <Badge tone={tone}>{label}</Badge>;
}
