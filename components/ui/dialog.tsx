'use client';

import { cloneElement, type MouseEvent, type ReactElement, type ReactNode, useRef, useState } from 'react';
import { ErrorNotice, type ErrorNoticeWords } from './error-notice.tsx';
import { latePart, useLatePart } from './late-part.ts';
import { notLoaded } from './not-loaded.tsx';

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

const popup = latePart(() => import('./dialog-popup.tsx').then(({ DialogPopup }) => DialogPopup));

/**
 * Asks before an act that matters. Escape cancels, except while the act is running. What makes it a dialog is loaded when somebody
 * comes near the button that opens it, or when it opens.
 */
export function ConfirmDialog({ trigger, ...props }: ConfirmDialogProps) {
  const { open, onOpenChange } = props;
  const opener = useRef<HTMLElement | null>(null);
  // Stays once it was there: it gives back the focus as it closes.
  const [wasOpen, setWasOpen] = useState(open);
  if (open && !wasOpen) setWasOpen(true);
  const [failed, setFailed] = useState(false);
  const Popup = useLatePart(popup, open, () => {
    setFailed(true);
    // Nothing to be seen is not open: the button can be pressed again.
    onOpenChange(false);
  });

  return (
    <>
      {trigger ? cloneElement(trigger as ReactElement<TriggerProps>, triggerProps()) : null}
      {failed && !Popup && !open ? <ErrorNotice error={notLoaded} /> : null}
      {Popup && wasOpen ? <Popup {...props} opener={opener} /> : null}
    </>
  );

  function triggerProps(): TriggerProps {
    return {
      'aria-expanded': open,
      'aria-haspopup': 'dialog',
      onClick: (event) => {
        opener.current = event.currentTarget;
        if (!open) onOpenChange(true);
      },
      onFocus: comeNear,
      onPointerEnter: comeNear,
    };
  }
}

type TriggerProps = {
  'aria-expanded': boolean;
  'aria-haspopup': 'dialog';
  onClick: (event: MouseEvent<HTMLElement>) => void;
  onFocus: () => void;
  onPointerEnter: () => void;
};

function comeNear(): void {
  // A failure is told where the dialog is asked for.
  popup.load().catch(() => undefined);
}
