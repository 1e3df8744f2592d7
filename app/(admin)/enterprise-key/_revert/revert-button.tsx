'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import type { Role } from '#lib/byok/account-views.ts';
import type { KeyPageView } from '#lib/byok/key-views.ts';
import { ConsequenceSheet } from '../../../_shared/command/consequence-sheet.tsx';
import { useCommand } from '../../../_shared/command/use-command.ts';
import { useGoTo } from '../../../_shell/use-go-to.ts';
import { whyNotMine } from '../_shared/change.ts';
import { usePlan } from '../_shared/use-plan.ts';
import { revertAction } from './actions.ts';
import { revertConsequences, revertDone, whyNotRevert } from './revert-words.ts';

/** Gives the data back to the platform key, or cancels what has not become active. Asks first, with the dry run. */
export function RevertButton({ view, role }: { view: KeyPageView; role: Role }) {
  const router = useRouter();
  const { goTo } = useGoTo();
  const queries = useQueryClient();
  const command = useCommand(revertAction);
  // As it was when the sheet was opened: what changes meanwhile on the page behind it was not agreed to.
  const [asked, setAsked] = useState<KeyPageView | null>(null);
  const told = asked ?? view;
  const plan = usePlan(told, asked && asked.state === 'active' ? { kind: 'revert' } : null);
  const reason = whyNotMine(role) ?? whyNotRevert(view);

  function lookAgain(): void {
    void queries.invalidateQueries({ queryKey: ['enterprise-key', view.id] });
    router.refresh();
  }

  async function revert(): Promise<boolean> {
    const done = await command.run({ keyId: told.id, revision: told.revision });
    if (!done.ok) return false;
    if (told.state === 'draft') goTo('/enterprise-key');
    else lookAgain();
    return true;
  }

  return (
    <ConsequenceSheet
      consequences={revertConsequences(told)}
      done={revertDone(told)}
      onConfirm={revert}
      onOpen={() => {
        command.clear();
        setAsked(view);
      }}
      onReload={lookAgain}
      pending={command.pending}
      plan={told.state === 'active' ? { of: plan, kind: 'revert' } : null}
      title={`Revert “${told.alias}” to None?`}
      trigger={<Button disabledReason={reason}>Revert to None</Button>}
      actionError={command.actionError}
      typed={told.alias}
      verb="Revert to None"
    />
  );
}
