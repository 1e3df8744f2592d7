'use client';

import { Progress } from '#components/ui/progress.tsx';
import type { Role } from '#lib/byok/account-views.ts';
import type { AppProtection } from '#lib/byok/key-views.ts';
import type { TransitionView } from '#lib/byok/transition-views.ts';
import { TransitionControls } from '../../../_shared/transitions/transition-controls.tsx';
import { phaseSentence, standingOf } from '../../../_shared/transitions/transition-words.ts';

type RekeyProgressProps = { app: AppProtection; rekey: TransitionView; role: Role; onChanged: () => void };

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
      <TransitionControls transition={rekey} of={`rekey of ${app.name}`} onChanged={onChanged} role={role} />
    </div>
  );
}

function sentenceOf(rekey: TransitionView): string {
  switch (standingOf(rekey)) {
    case 'paused':
      return `Rekey paused by ${rekey.paused?.by ?? ''}.`;
    case 'stuck':
      return `The rekey is stuck: ${rekey.failure?.detail ?? ''}`;
    default:
      return `Rekeying, started by ${rekey.requestedBy}. ${phaseSentence(rekey)}`;
  }
}
