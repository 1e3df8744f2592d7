'use client';

import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/dialog.tsx';
import { anyService } from '#lib/byok/providers.ts';
import { useCommand } from '../../../_shared/command/use-command.ts';
import { WhatHelps } from '../../../_shared/refusal/action-error-notice.tsx';
import { actionErrorWords } from '../../../_shared/refusal/action-error-words.ts';
import { useGoTo } from '../../../_shell/use-go-to.ts';
import { discardKeyChanges } from './actions.ts';

type DiscardProps = { keyId: string; revision: number; what: 'draft' | 'working-copy' | 'rotation' };

const words = {
  draft: {
    verb: 'Delete draft',
    title: 'Delete this draft?',
    consequence: `Everything you entered for this key is deleted. It never encrypted anything, and nothing changes in ${anyService}.`,
  },
  'working-copy': {
    verb: 'Discard changes',
    title: 'Discard changes to this key?',
    consequence: 'The working copy is discarded. The tested and scheduled settings stay in force, with their date.',
  },
  rotation: {
    verb: 'Discard changes',
    title: 'Discard the prepared rotation?',
    consequence: 'The prepared rotation and its test are discarded. The active key stays as it is: nothing has moved.',
  },
} as const satisfies Record<DiscardProps['what'], { verb: string; title: string; consequence: string }>;

/** Throws away a draft, or the working copy of a scheduled key. */
export function DiscardButton({ keyId, revision, what }: DiscardProps) {
  const { goTo } = useGoTo();
  const [open, setOpen] = useState(false);
  const { run, pending, actionError } = useCommand(discardKeyChanges, { leaves: true });
  const { verb, title, consequence } = words[what];

  async function discard(): Promise<void> {
    const done = await run({ keyId, revision });
    if (!done.ok) return;
    setOpen(false);
    goTo(done.data.deletedKey ? '/enterprise-key' : `/enterprise-key/${keyId}`);
  }

  return (
    <ConfirmDialog
      confirmLabel={verb}
      error={actionError ? actionErrorWords(actionError) : null}
      errorHelp={<WhatHelps actionError={actionError} />}
      onConfirm={() => void discard()}
      onOpenChange={setOpen}
      open={open}
      pending={pending}
      title={title}
      tone="danger"
      trigger={<Button variant={what === 'draft' ? 'ghost' : 'secondary'}>{verb}</Button>}
    >
      <p>{consequence}</p>
      <p>You can’t undo this.</p>
    </ConfirmDialog>
  );
}
