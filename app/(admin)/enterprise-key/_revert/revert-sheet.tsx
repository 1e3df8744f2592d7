'use client';

import type { KeyPageView } from '#lib/byok/key-views.ts';
import { ConsequenceSheet } from '../../../_shared/command/consequence-sheet.tsx';
import { useCommand } from '../../../_shared/command/use-command.ts';
import type { AskedSheet } from '../_shared/asked-sheet.ts';
import { usePlan } from '../_shared/use-plan.ts';
import { revertAction } from './actions.ts';
import { revertConsequences, revertDone } from './revert-words.ts';

/** Gives the data back to the platform key, or cancels what has not become active. Asks first, with the dry run. */
export function RevertSheet({ view, open, onOpenChange, returnFocusTo, onDone, onReload }: AskedSheet<KeyPageView>) {
  const command = useCommand(revertAction);
  const active = view.state === 'active';
  const plan = usePlan(view, open && active ? { kind: 'revert' } : null);

  async function revert(): Promise<boolean> {
    const done = await command.run({ keyId: view.id, revision: view.revision });
    if (done.ok) onDone();
    return done.ok;
  }

  return (
    <ConsequenceSheet
      actionError={command.actionError}
      consequences={revertConsequences(view)}
      done={revertDone(view)}
      onConfirm={revert}
      onOpen={command.clear}
      onOpenChange={onOpenChange}
      onReload={onReload}
      open={open}
      pending={command.pending}
      plan={active ? { of: plan, kind: 'revert' } : null}
      returnFocusTo={returnFocusTo}
      title={`Revert “${view.alias}” to None?`}
      typed={view.alias}
      verb="Revert to None"
    />
  );
}
