'use client';

import { Button } from '#components/ui/button.tsx';
import type { KeyPageView } from '#lib/byok/key-views.ts';
import { serviceName } from '#lib/byok/providers.ts';
import { ConsequenceSheet } from '../../../_shared/command/consequence-sheet.tsx';
import { useCommand } from '../../../_shared/command/use-command.ts';
import { deleteKeyAction } from './actions.ts';

type DeleteProps = {
  view: Pick<KeyPageView, 'id' | 'alias' | 'provider' | 'revision' | 'state' | 'uses'>;
  notMine: string | null;
  onDone: () => void;
  onReload: () => void;
};

/** Deletes an enterprise key on which nothing hangs; while something does, the button says what. */
export function DeleteKey({ view, notMine, onDone, onReload }: DeleteProps) {
  const command = useCommand(deleteKeyAction);

  async function remove(): Promise<boolean> {
    const done = await command.run({ keyId: view.id, revision: view.revision });
    if (done.ok) onDone();
    return done.ok;
  }

  const inUse = view.uses.length > 0 ? `In use: ${view.uses.join(' ')}` : null;
  return (
    <ConsequenceSheet
      consequences={{
        points: [
          view.state === 'draft'
            ? 'What you entered for this key is deleted, a stored secret included.'
            : 'The key with its versions and reports is deleted here. No data uses it.',
          `Its history stays. Nothing changes in ${serviceName(view.provider)}.`,
          'You can’t undo this, but you can connect the same key again.',
        ],
        details: [],
      }}
      done={`“${view.alias}” was deleted.`}
      onConfirm={remove}
      onOpen={command.clear}
      onReload={onReload}
      pending={command.pending}
      title={`Delete “${view.alias}”?`}
      trigger={<Button disabledReason={notMine ?? inUse}>Delete Key</Button>}
      actionError={command.actionError}
      typed={view.alias}
      verb="Delete Key"
    />
  );
}
