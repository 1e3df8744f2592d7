'use client';

import { Toast } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { StatusShape } from './badge.tsx';
import { Button } from './button.tsx';

type ToastsProps = {
  /** Sentences that are to be shown. */
  waiting: readonly string[];
  /** How many of them, from the first one, are shown now. */
  onShown: (count: number) => void;
};

/** The toasts themselves: loaded with the first one. */
export function Toasts({ waiting, onShown }: ToastsProps) {
  return (
    <Toast.Provider timeout={readingTimeMs}>
      <Intake onShown={onShown} waiting={waiting} />
      <Toast.Portal>
        <Toast.Viewport className="pointer-events-none fixed right-4 bottom-4 z-60 flex w-[min(22.5rem,calc(100vw-2rem))] flex-col gap-2 print:hidden">
          <Shown />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

/** Hands over what waits once the region that is read aloud is there: what it begins with would not be read. */
function Intake({ waiting, onShown }: ToastsProps) {
  const { add } = Toast.useToastManager();
  const taken = useRef<readonly string[]>([]);
  useEffect(() => {
    // React may run an effect twice while developing.
    if (waiting.length === 0 || waiting === taken.current) return;
    taken.current = waiting;
    for (const done of waiting) add({ title: done });
    onShown(waiting.length);
  }, [add, onShown, waiting]);
  return null;
}

function Shown() {
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root
      // What lies below it can be pressed through it: a form's own button may be in that corner.
      className="pointer-events-none flex items-start gap-2.5 rounded-panel border border-edge bg-panel py-2 pr-2 pl-3.5 text-ink shadow-lg transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0 data-limited:hidden"
      key={toast.id}
      {...notADialog}
      // Not swiped away: it would be the only thing here that is.
      swipeDirection={[]}
      toast={toast}
    >
      <span className="mt-1.75 text-ok">
        <StatusShape className="size-2" tone="ok" />
      </span>
      <Toast.Content className="wrap-anywhere min-w-0 flex-1 py-0.5">
        <Toast.Title className="font-normal" render={<p />} />
      </Toast.Content>
      <Toast.Close
        // Base UI hides it until the toasts are hovered, though the keyboard reaches it all the same.
        aria-hidden={false}
        aria-label="Dismiss"
        className="pointer-events-auto"
        render={<Button disabledReason={null} pending={false} size="small" variant="ghost" />}
      >
        <X aria-hidden="true" className="size-3.5" />
      </Toast.Close>
    </Toast.Root>
  ));
}

// Base UI makes a dialog of it, but it asks nothing.
const notADialog = { role: 'group', 'aria-modal': undefined } as const;

// Time enough for one sentence. The clock stands still while the pointer is on its button, the focus on it, or the window is not.
const readingTimeMs = 8_000;
