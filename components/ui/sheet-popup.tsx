'use client';

import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { Button } from './button.tsx';
import type { SheetProps } from './sheet.tsx';

/** The sheet itself: loaded with the first one that is opened. */
export function SheetPopup({ title, subtitle, open, onOpenChange, children, footer }: SheetProps) {
  return (
    <Dialog.Root disablePointerDismissal modal={false} onOpenChange={(next) => onOpenChange(next)} open={open}>
      <Dialog.Portal>
        <Dialog.Popup className="fixed top-[var(--banner-height)] right-0 bottom-0 z-30 flex w-[min(27.5rem,100vw)] flex-col border-line border-l bg-panel text-ink shadow-xl outline-none">
          <div className="flex items-start gap-3 px-6 pt-5">
            <div className="min-w-0 flex-1">
              <Dialog.Title className="wrap-anywhere font-semibold text-[0.9375rem]">{title}</Dialog.Title>
              {subtitle ? <p className="mt-0.5 text-[0.8125rem] text-ink-2">{subtitle}</p> : null}
            </div>
            <Dialog.Close
              aria-label="Close"
              render={<Button disabledReason={null} pending={false} size="square" variant="ghost" />}
            >
              <X aria-hidden="true" className="size-4" />
            </Dialog.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto px-6 pt-3 pb-6">{children}</div>
          {footer ? <div className="flex flex-wrap gap-2.5 border-line border-t px-6 py-3.5">{footer}</div> : null}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
