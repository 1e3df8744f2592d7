'use client';

import type { KeyPageView } from '#lib/byok/key-views.ts';
import { serviceName } from '#lib/byok/providers.ts';
import { ConsequenceSheet } from '../../../_shared/command/consequence-sheet.tsx';
import { useCommand } from '../../../_shared/command/use-command.ts';
import type { AskedSheet } from '../_shared/asked-sheet.ts';
import { deleteKeyAction } from './actions.ts';

type Deleted = Pick<KeyPageView, 'id' | 'alias' | 'provider' | 'revision' | 'state'>;

/** What keeps the key from being deleted; null where nothing does. */
export function whyNotDelete({ uses }: Pick<KeyPageView, 'uses'>): string | null {
  return uses.length > 0 ? `In use: ${uses.join(' ')}` : null;
}

/** Deletes an enterprise key on which nothing hangs. */
export function DeleteSheet({ view, open, onOpenChange, returnFocusTo, onDone, onReload }: AskedSheet<Deleted>) {
  const command = useCommand(deleteKeyAction);

  async function remove(): Promise<boolean> {
    const done = await command.run({ keyId: view.id, revision: view.revision });
    if (done.ok) onDone();
    return done.ok;
  }

  return (
    <ConsequenceSheet
      consequences={{
        points: [
          view.state === 'draft'
            ? 'Everything you entered for this key is deleted, including a stored secret.'
            : 'The key is deleted here, with its versions and reports. No data uses it.',
          `Its history stays. Nothing changes in ${serviceName(view.provider)}.`,
          'You can’t undo this, but you can connect the same key again.',
        ],
        details: [],
      }}
      done={`“${view.alias}” was deleted.`}
      onConfirm={remove}
      onOpen={command.clear}
      onOpenChange={onOpenChange}
      onReload={onReload}
      open={open}
      pending={command.pending}
      returnFocusTo={returnFocusTo}
      title={`Delete “${view.alias}”?`}
      actionError={command.actionError}
      typed={view.alias}
      verb="Delete Key"
    />
  );
}
