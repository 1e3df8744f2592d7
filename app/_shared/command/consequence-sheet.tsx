'use client';

import { type ReactElement, type ReactNode, useEffect, useRef, useState } from 'react';
import { ConfirmDialog } from '#components/ui/dialog.tsx';
import { Fold } from '#components/ui/fold.tsx';
import { useToast } from '#components/ui/toast.tsx';
import type { ActionError } from '../refusal/action-error.ts';
import { WhatHelps } from '../refusal/action-error-notice.tsx';
import { actionErrorWords } from '../refusal/action-error-words.ts';
import { PlanFacts, PlanRefusal } from '../transitions/plan-facts.tsx';
import type { PlannedKind } from '../transitions/plan-words.ts';
import type { Plan } from '../transitions/use-planned.ts';

export type Consequence = { label: string; text: ReactNode };

export type Consequences = {
  /** What somebody has to know before pressing: at most three, each a sentence or two. The sheet has at most 80 words unfolded. */
  points: readonly string[];
  /** The rest, folded. */
  details: readonly Consequence[];
};

type SheetProps = {
  title: string;
  /** On the button that does it. */
  verb: string;
  /** Said by a toast once it is done, in a sentence. Without it the page tells by itself. */
  done?: string;
  consequences: Consequences;
  /** The dry run, where there is one. */
  plan?: { of: Plan; kind: PlannedKind } | null;
  /** A word to type first, where it cannot be taken back: Revert to None, Delete, Make Irreversible. */
  typed?: string;
  /** The button that opens it; without one, `open` says whether it is. */
  trigger?: ReactElement;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** Where the focus goes when it closes, where that is not the trigger. */
  returnFocusTo?: () => HTMLElement | null;
  tone?: 'danger' | 'primary';
  pending: boolean;
  actionError: ActionError | null;
  onOpen: () => void;
  /** Answers true when it is done, which closes the sheet. */
  onConfirm: () => Promise<boolean>;
  /** Shows what is true now, after somebody else was first. */
  onReload: () => void;
};

/** Before a change that matters: what happens and whether it can be undone, in three points; everything else is folded. */
export function ConsequenceSheet(props: SheetProps) {
  const { title, verb, consequences, plan, typed, trigger, tone = 'danger', pending, actionError } = props;
  const [opened, setOpened] = useState(false);
  const toast = useToast();
  const open = props.open ?? opened;
  // Once it is done, a press that comes before the sheet is gone does nothing more.
  const isDone = useRef(false);
  useEffect(() => {
    if (open) isDone.current = false;
  }, [open]);

  function change(next: boolean): void {
    if (next) props.onOpen();
    setOpened(next);
    props.onOpenChange?.(next);
  }

  async function confirm(): Promise<void> {
    if (isDone.current || !(await props.onConfirm())) return;
    isDone.current = true;
    change(false);
    if (props.done) toast(props.done);
  }

  return (
    <ConfirmDialog
      confirmLabel={verb}
      error={actionError ? actionErrorWords(actionError) : null}
      errorHelp={
        <WhatHelps
          reload={() => {
            change(false);
            props.onReload();
          }}
          actionError={actionError}
        />
      }
      onConfirm={() => void confirm()}
      onOpenChange={change}
      open={open}
      pending={pending}
      title={title}
      tone={tone}
      {...(trigger ? { trigger } : {})}
      {...(props.returnFocusTo ? { returnFocusTo: props.returnFocusTo } : {})}
      {...(typed ? { typedConfirmation: typed } : {})}
    >
      <ul className="list-disc space-y-1.5 pl-4.5 text-ink marker:text-ink-3">
        {consequences.points.map((point) => (
          <li className="text-pretty" key={point}>
            {point}
          </li>
        ))}
      </ul>
      {plan ? <PlanRefusal plan={plan.of} /> : null}
      {consequences.details.length > 0 || plan ? (
        <Fold summary="Details">
          <dl className="space-y-2 text-[0.8125rem]">
            {consequences.details.map(({ label, text }) => (
              <div key={label}>
                <dt className="font-medium text-ink">{label}</dt>
                <dd>{text}</dd>
              </div>
            ))}
            {plan ? (
              <div>
                <dt className="font-medium text-ink">What would move</dt>
                <dd>
                  <PlanFacts brief kind={plan.kind} plan={plan.of} refusal={false} />
                </dd>
              </div>
            ) : null}
          </dl>
        </Fold>
      ) : null}
    </ConfirmDialog>
  );
}
