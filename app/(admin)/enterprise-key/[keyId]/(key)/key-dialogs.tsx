'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import type { KeyPageView } from '#lib/byok/key-views.ts';
import { useGoTo } from '../../../../_shell/use-go-to.ts';
import { DeleteSheet, whyNotDelete } from '../../_key-page/delete-key.tsx';
import { useKey } from '../../_key-page/live-key.tsx';
import { RenameSheet } from '../../_key-page/rename-key.tsx';
import { type Act, AskContext } from '../../_key-page/use-ask.ts';
import { RevertSheet } from '../../_revert/revert-sheet.tsx';
import { whyNotRevert } from '../../_revert/revert-words.ts';
import { whyNotMine } from '../../_shared/change.ts';

type Asked = { act: Act; view: KeyPageView; from: HTMLElement | null; time: number };

/** The dialogs of what is done to a key as a whole, once for the menu of its header and for its settings. */
export function KeyDialogs({ children }: { children: ReactNode }) {
  const { view, role } = useKey();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [open, setOpen] = useState(false);
  const notMine = whyNotMine(role);

  function ask(act: Act, from: HTMLElement | null): void {
    // As the key is now; each time is another one, in which nothing is left of the last.
    setAsked({ act, view, from, time: (asked?.time ?? 0) + 1 });
    setOpen(true);
  }

  const whyNot = {
    edit: notMine,
    revert: notMine ?? whyNotRevert(view),
    delete: notMine ?? whyNotDelete(view),
  };
  return (
    <AskContext value={{ ask, whyNot }}>
      {children}
      {asked ? <Dialog asked={asked} key={asked.time} onOpenChange={setOpen} open={open} /> : null}
    </AskContext>
  );
}

type DialogProps = { asked: Asked; open: boolean; onOpenChange: (open: boolean) => void };

function Dialog({ asked: { act, view, from }, open, onOpenChange }: DialogProps) {
  const router = useRouter();
  const { goTo } = useGoTo();
  const queries = useQueryClient();

  function lookAgain(): void {
    void queries.invalidateQueries({ queryKey: ['enterprise-key', view.id] });
    router.refresh();
  }

  const sheet = { view, open, onOpenChange, returnFocusTo: () => from, onReload: lookAgain };
  const leave = () => goTo('/enterprise-key');
  switch (act) {
    case 'edit':
      return <RenameSheet {...sheet} onDone={lookAgain} />;
    case 'revert':
      return <RevertSheet {...sheet} onDone={view.state === 'draft' ? leave : () => toOverview()} />;
    case 'delete':
      return <DeleteSheet {...sheet} onDone={leave} />;
  }

  /** Where it is seen what moves. */
  function toOverview(): void {
    lookAgain();
    router.push(`/enterprise-key/${view.id}`);
  }
}
