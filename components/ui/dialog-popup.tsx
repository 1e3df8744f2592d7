'use client';

import { AlertDialog } from '@base-ui/react/alert-dialog';
import { type RefObject, useId, useRef, useState } from 'react';
import { Button } from './button.tsx';
import type { ConfirmDialogProps } from './dialog.tsx';
import { ErrorNotice } from './error-notice.tsx';

type DialogPopupProps = Omit<ConfirmDialogProps, 'trigger'> & {
  /** What has opened it: the focus goes back there. */
  opener: RefObject<HTMLElement | null>;
};

/** What a confirmation shows once it is open: loaded with the first one that is opened. */
export function DialogPopup({ opener, ...props }: DialogPopupProps) {
  const { open, onOpenChange, onClosed, pending = false, focusGoesElsewhere, returnFocusTo } = props;

  // Never on what is folded: Enter would open the small print.
  const cancel = useRef<HTMLButtonElement>(null);
  const field = useRef<HTMLInputElement>(null);

  function finalFocus(): boolean | HTMLElement {
    if (focusGoesElsewhere?.()) return false;
    if (opener.current?.isConnected) return opener.current;
    return returnFocusTo?.() ?? true;
  }

  return (
    <AlertDialog.Root
      onOpenChange={(next) => (pending ? undefined : onOpenChange(next))}
      onOpenChangeComplete={(next) => (next ? undefined : onClosed?.())}
      open={open}
    >
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-40 bg-shade" />
        <AlertDialog.Popup
          finalFocus={finalFocus}
          initialFocus={() => field.current ?? cancel.current}
          className="-translate-x-1/2 -translate-y-1/2 fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-2rem)] w-[min(30rem,calc(100vw-2rem))] flex-col rounded-dialog border border-line bg-panel text-ink shadow-2xl"
        >
          <Sheet {...props} cancel={cancel} field={field} />
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

type SheetProps = Omit<DialogPopupProps, 'opener'> & {
  cancel: RefObject<HTMLButtonElement | null>;
  field: RefObject<HTMLInputElement | null>;
};

/** Inside the popup, so that what was typed is forgotten when it closes. */
function Sheet({ cancel, field, ...props }: SheetProps) {
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
              ref={field}
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
        <AlertDialog.Close ref={cancel} render={<Button disabledReason={null} pending={false} />}>
          {cancelLabel}
        </AlertDialog.Close>
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
