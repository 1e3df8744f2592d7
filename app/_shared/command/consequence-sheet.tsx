'use client';

import { type ReactElement, type ReactNode, useState } from 'react';
import { ConfirmDialog } from '#components/ui/dialog.tsx';
import type { ActionError } from '../refusal/action-error.ts';
import { WhatHelps } from '../refusal/action-error-notice.tsx';
import { actionErrorWords } from '../refusal/action-error-words.ts';

export type Consequence = { label: string; text: ReactNode };

type SheetProps = {
  title: string;
  /** On the button that does it. */
  verb: string;
  consequences: readonly Consequence[];
  /** The dry run, where there is one. */
  plan?: ReactNode;
  /** A word to type first, where it cannot be taken back. */
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

/** Before a change that matters: what happens, from when, whether it can be undone, how to recover, which apps. */
export function ConsequenceSheet(props: SheetProps) {
  const { title, verb, consequences, plan, typed, trigger, tone = 'danger', pending, actionError } = props;
  const [opened, setOpened] = useState(false);
  const open = props.open ?? opened;

  function change(next: boolean): void {
    if (next) props.onOpen();
    setOpened(next);
    props.onOpenChange?.(next);
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
      onConfirm={() => void props.onConfirm().then((done) => (done ? change(false) : undefined))}
      onOpenChange={change}
      open={open}
      pending={pending}
      title={title}
      tone={tone}
      {...(trigger ? { trigger } : {})}
      {...(props.returnFocusTo ? { returnFocusTo: props.returnFocusTo } : {})}
      {...(typed ? { typedConfirmation: typed } : {})}
    >
      <dl className="space-y-2">
        {consequences.map(({ label, text }) => (
          <div key={label}>
            <dt className="font-medium text-ink">{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {plan ? (
        <div className="border-line border-t pt-2">
          <p className="mb-1 font-medium text-ink">What would move</p>
          {plan}
        </div>
      ) : null}
    </ConfirmDialog>
  );
}
