'use client';

import { Progress } from '#components/ui/progress.tsx';
import type { Role } from '#lib/byok/account-views.ts';
import type { AppProtection } from '#lib/byok/key-views.ts';
import type { MoveView } from '#lib/byok/move-views.ts';
import { MoveControls } from '../../../_shared/moves/move-controls.tsx';
import { phaseSentence, standingOf } from '../../../_shared/moves/move-words.ts';

type RekeyProgressProps = { app: AppProtection; rekey: MoveView; role: Role; onChanged: () => void };

/** How far the rekey of one app has come, on the app's own row. */
export function RekeyProgress({ app, rekey, role, onChanged }: RekeyProgressProps) {
  return (
    <div className="min-w-56 max-w-80 space-y-2">
      <p>{sentenceOf(rekey)}</p>
      {rekey.records.total > 0 ? (
        <Progress
          done={rekey.records.done}
          failed={rekey.records.failed}
          label={<span className="sr-only">Records of {app.name} re-encrypted</span>}
          total={rekey.records.total}
          unit="records"
        />
      ) : null}
      <MoveControls move={rekey} of={`rekey of ${app.name}`} onChanged={onChanged} role={role} />
    </div>
  );
}

function sentenceOf(rekey: MoveView): string {
  switch (standingOf(rekey)) {
    case 'paused':
      return `Rekey paused by ${rekey.paused?.by ?? ''}.`;
    case 'stuck':
      return `The rekey is stuck: ${rekey.failure?.detail ?? ''}`;
    default:
      return `Rekeying, asked for by ${rekey.requestedBy}. ${phaseSentence(rekey)}`;
  }
}
