'use client';

import { Button } from '#components/ui/button.tsx';
import type { KeyPageView } from '#lib/byok/key-views.ts';
import { ConsequenceSheet } from '../../../_shared/command/consequence-sheet.tsx';
import type { Command } from '../../../_shared/command/use-command.ts';
import type { Plan } from '../../../_shared/transitions/use-planned.ts';
import type { AppsChange } from './apps-change.ts';
import { isActive, updateConsequences } from './apps-words.ts';

type UpdateSheetProps = {
  view: KeyPageView;
  change: AppsChange;
  /** Null where nothing moves. */
  plan: Plan | null;
  command: Pick<Command<never, unknown>, 'pending' | 'actionError' | 'clear'>;
  going: boolean;
  disabledReason: string | null;
  onConfirm: () => Promise<boolean>;
  onReload: () => void;
};

/** Asks before the choice is taken over; in red where something loses the key's protection. */
export function UpdateSheet({ view, change, plan, command, going, disabledReason, ...acts }: UpdateSheetProps) {
  const loses = isActive(view.state) && change.removed.length > 0;
  return (
    <ConsequenceSheet
      {...acts}
      consequences={updateConsequences(change, view.state)}
      done={`The apps of “${view.alias}” were updated.`}
      onOpen={command.clear}
      pending={command.pending || going}
      plan={plan ? { of: plan, kind: 'select-apps' } : null}
      title={`Update the apps of “${view.alias}”?`}
      tone={loses ? 'danger' : 'primary'}
      trigger={
        <Button disabledReason={disabledReason} variant="primary">
          Update Apps
        </Button>
      }
      actionError={command.actionError}
      verb="Update Apps"
    />
  );
}
