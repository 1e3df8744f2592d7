'use client';

import { type ReactNode, useEffect, useRef, useState } from 'react';
import { ConfirmDialog } from '#components/ui/dialog.tsx';
import { useGoTo } from '../../../_shell/use-go-to.ts';
import { watchDepartures } from './departure.ts';

/**
 * `ask`: something here is not saved, so leaving asks first. `cut`: a stream is open, so leaving loads the next page
 * anew, which ends the stream. `free`: leaving is an ordinary navigation.
 */
export type LeaveMode = 'free' | 'ask' | 'cut';

export type LeaveGuard = {
  /** Goes to a page of the console in the way that the mode says. */
  leave: (href: string) => void;
  /** Goes without asking: what was to be saved is saved. */
  proceed: (href: string) => void;
  /** From now on leaving asks no more. */
  release: () => void;
  going: boolean;
  dialog: ReactNode;
};

/** Watches links, the browser's back and forward, and the closing of the page. */
export function useLeaveGuard(mode: LeaveMode): LeaveGuard {
  const { goTo, going } = useGoTo();
  const released = useRef(false);
  const [wanted, setWanted] = useState<{ go: () => void } | null>(null);

  const proceed = (href: string) => {
    released.current = true;
    if (mode === 'cut') window.location.assign(href);
    else goTo(href);
  };
  const leave = (href: string) => {
    if (mode === 'ask' && !released.current) setWanted({ go: () => proceed(href) });
    else proceed(href);
  };
  const latestLeave = useRef(leave);
  useEffect(() => {
    latestLeave.current = leave;
  });

  useEffect(() => {
    if (mode === 'free') return;
    return watchDepartures({
      held: () => !released.current,
      asks: mode === 'ask',
      onLink: (href) => latestLeave.current(href),
      onTraverse: (again) => setWanted({ go: again }),
    });
  }, [mode]);

  const release = () => {
    released.current = true;
  };
  const dialog = (
    <AskFirst
      onLeave={() => {
        release();
        setWanted(null);
        wanted?.go();
      }}
      onStay={() => setWanted(null)}
      open={wanted !== null}
    />
  );
  return { leave, proceed, release, going, dialog };
}

function AskFirst({ open, onStay, onLeave }: { open: boolean; onStay: () => void; onLeave: () => void }) {
  return (
    <ConfirmDialog
      cancelLabel="Stay on this page"
      confirmLabel="Leave without saving"
      onConfirm={onLeave}
      onOpenChange={(next) => (next ? undefined : onStay())}
      open={open}
      title="Leave without saving?"
      tone="danger"
    >
      <p>Your changes on this step are not saved yet. If you leave now, you lose them.</p>
    </ConfirmDialog>
  );
}
