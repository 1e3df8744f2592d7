'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { Button } from '#components/ui/button.tsx';
import { ConsequenceSheet, type Consequences } from '../../../_shared/command/consequence-sheet.tsx';
import { useCommand } from '../../../_shared/command/use-command.ts';
import { type CommitmentInput, makeIrreversibleAction } from './actions.ts';

type CommitmentButtonProps = {
  input: CommitmentInput;
  /** On the page; the sheet's own button says "Make Irreversible". */
  label: string;
  title: string;
  consequences: Consequences;
  /** What has to be typed: the name of what the commitment is about. */
  typed: string;
  disabledReason: string | null;
  /** Where it stands why it cannot be made, if that is said once for several. */
  disabledBy?: string | null;
};

/** Makes the commitment that nothing returns to the platform key. Asks first: it cannot be taken back. */
export function CommitmentButton(props: CommitmentButtonProps) {
  const { input, label, title, consequences, typed, disabledReason, disabledBy } = props;
  const router = useRouter();
  const queries = useQueryClient();
  const command = useCommand(makeIrreversibleAction);

  function lookAgain(): void {
    void queries.invalidateQueries({ queryKey: ['enterprise-key'] });
    router.refresh();
  }

  async function makeIrreversible(): Promise<boolean> {
    const done = await command.run(input);
    if (done.ok) lookAgain();
    return done.ok;
  }

  return (
    <ConsequenceSheet
      consequences={consequences}
      done={`“${typed}” is irreversible now.`}
      onConfirm={makeIrreversible}
      onOpen={command.clear}
      onReload={lookAgain}
      pending={command.pending}
      title={title}
      trigger={
        <Button disabledBy={disabledBy} disabledReason={disabledReason}>
          {label}
        </Button>
      }
      actionError={command.actionError}
      typed={typed}
      verb="Make Irreversible"
    />
  );
}
