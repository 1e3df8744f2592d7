'use client';

import { AlertDialog } from '@base-ui/react/alert-dialog';
import { type ReactElement, type ReactNode, useId, useState } from 'react';
import { Button } from './button.tsx';
import { ErrorNotice, type ErrorNoticeWords } from './error-notice.tsx';

export type ConfirmDialogProps = {
  /** Carries the verb: "Revoke this token". */
  title: string;
  /** What happens, from when, whether it can be undone, how to recover. */
  children: ReactNode;
  /** The same verb. */
  confirmLabel: string;
  cancelLabel?: string;
  tone?: 'danger' | 'primary';
  /** A word that has to be typed before the button answers. */
  typedConfirmation?: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Close it from here by `onOpenChange(false)` once the work is done; a failure is shown by `error`, inside. */
  onConfirm: () => void;
  pending?: boolean;
  error?: ErrorNoticeWords | null;
  /** What helps against the failure on the spot; shown with it. */
  errorHelp?: ReactNode;
  /** The button that opens it; focus goes back to it. Without one, `open` alone decides. */
  trigger?: ReactElement;
  /** Where the focus goes when it closes, where it was opened without a trigger. */
  returnFocusTo?: () => HTMLElement | null;
  /** Asked as it closes: `true` where what was done takes the focus itself; give it the focus in `onClosed`. */
  focusGoesElsewhere?: () => boolean;
  /** Once it is gone. Before that the dialog keeps the focus to itself, whoever asks for it. */
  onClosed?: () => void;
};

/** Asks before an act that matters. Escape cancels, except while the act is running. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, onOpenChange, onClosed, pending = false, trigger, focusGoesElsewhere, returnFocusTo } = props;
  return (
    <AlertDialog.Root
      onOpenChange={(next) => (pending ? undefined : onOpenChange(next))}
      onOpenChangeComplete={(next) => (next ? undefined : onClosed?.())}
      open={open}
    >
      {trigger ? <AlertDialog.Trigger render={trigger} /> : null}
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-40 bg-shade" />
        <AlertDialog.Popup
          finalFocus={() => (focusGoesElsewhere?.() ? false : (returnFocusTo?.() ?? true))}
          className="-translate-x-1/2 -translate-y-1/2 fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-2rem)] w-[min(30rem,calc(100vw-2rem))] flex-col rounded-dialog border border-line bg-panel text-ink shadow-2xl"
        >
          <Sheet {...props} />
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

/** Inside the popup, so that what was typed is forgotten when it closes. */
function Sheet(props: ConfirmDialogProps) {
  const { title, children, confirmLabel, cancelLabel = 'Cancel', tone = 'primary', typedConfirmation, error } = props;
  const [typed, setTyped] = useState('');
  const inputId = useId();
  const missing = typedConfirmation && typed.trim() !== typedConfirmation ? `Type ${typedConfirmation} first.` : null;
  return (
    <>
      {/* What scrolls is what is said; the buttons stay in view. */}
      <div className="min-h-0 overflow-y-auto px-5 pt-5 pb-4.5 sm:px-6 sm:pt-5.5">
        <AlertDialog.Title className="font-semibold text-lg leading-snug tracking-[-0.015em]">
          {title}
        </AlertDialog.Title>
        <AlertDialog.Description className="mt-2 space-y-2 text-ink-2" render={<div />}>
          {children}
        </AlertDialog.Description>
        {typedConfirmation ? (
          <div className="mt-4">
            <label className="mb-1 block font-medium" htmlFor={inputId}>
              Type <strong>{typedConfirmation}</strong> to confirm
            </label>
            <input
              autoComplete="off"
              className="min-h-9 w-full rounded-control border border-control bg-panel px-2.5 py-1.5"
              id={inputId}
              onChange={(event) => setTyped(event.currentTarget.value)}
              value={typed}
            />
          </div>
        ) : null}
        {error ? (
          <div className="mt-4">
            <ErrorNotice error={error}>{props.errorHelp}</ErrorNotice>
          </div>
        ) : null}
      </div>
      <div className="flex flex-wrap items-start justify-end gap-2.5 border-line border-t px-5 py-3.5 sm:px-6 [&>span]:items-end [&>span]:text-right">
        <AlertDialog.Close render={<Button disabledReason={null} pending={false} />}>{cancelLabel}</AlertDialog.Close>
        <Button
          disabledReason={missing}
          onClick={props.onConfirm}
          pending={props.pending ?? false}
          variant={tone === 'danger' ? 'danger' : 'primary'}
        >
          {confirmLabel}
        </Button>
      </div>
    </>
  );
}
