'use client';

import { useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/dialog.tsx';
import { useAct } from '../../../_shared/command/use-act.ts';
import { openRecordsAction } from './actions.ts';
import type { RecordsOf } from './opened-records.tsx';

type OpenRecordsProps = {
  app: { id: string; name: string };
  /** After each try: a refusal is told by the key's badge at once, too. */
  onAsked: () => void;
  onOpened: (opened: RecordsOf) => void;
};

/** Puts the focus on the button that opens an app's records; Base UI keeps its `id` to itself. */
export function focusOpenRecords(appId: string): void {
  document.querySelector<HTMLElement>(`[data-opens-records-of="${CSS.escape(appId)}"]`)?.focus();
}

/** The explicit click that shows plaintext: it says beforehand that the opening is recorded, and under whose name. */
export function OpenRecords({ app, onAsked, onOpened }: OpenRecordsProps) {
  const [asking, setAsking] = useState(false);
  // What was opened takes the focus; until the dialog is gone it would not get it.
  const opened = useRef<RecordsOf>(undefined);
  const open = useAct(openRecordsAction);

  async function confirm() {
    const answer = await open.run(app.id);
    onAsked();
    if (!answer) return;
    opened.current = {
      appId: app.id,
      appName: app.name,
      openedAt: new Date().toISOString(),
      records: answer.records,
    };
    setAsking(false);
  }

  function show() {
    if (opened.current) onOpened(opened.current);
  }

  function ask(next: boolean) {
    open.clearError();
    opened.current = undefined;
    setAsking(next);
  }

  return (
    <ConfirmDialog
      confirmLabel="Open recent records"
      error={open.error}
      focusGoesElsewhere={() => opened.current !== undefined}
      onClosed={show}
      onConfirm={() => void confirm()}
      onOpenChange={ask}
      open={asking}
      pending={open.pending}
      title={`Open recent records of ${app.name}`}
      trigger={
        <Button aria-label={`Open recent records of ${app.name}`} data-opens-records-of={app.id} size="small">
          Open recent records
        </Button>
      }
    >
      <p>The most recent records of this app are decrypted. Only you see their plaintext, on this page.</p>
      <p>The history records your name and the time, but not the content. You can’t undo this.</p>
    </ConfirmDialog>
  );
}
