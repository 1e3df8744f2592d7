'use client';

import { Button } from '#components/ui/button.tsx';
import type { KeyPageView } from '#lib/byok/key-views.ts';
import { ConsequenceSheet } from '../../../_shared/command/consequence-sheet.tsx';
import type { Plan } from '../../../_shared/transitions/use-planned.ts';
import { rotateConsequences } from './rotate-words.ts';
import type { Rotation } from './use-rotation.ts';

type RotateSheetProps = {
  view: KeyPageView;
  rotation: Rotation;
  plan: Plan;
  reencrypt: boolean;
  disabledReason: string | null;
  onConfirm: () => Promise<boolean>;
};

export function RotateSheet({ view, rotation, plan, reencrypt, disabledReason, onConfirm }: RotateSheetProps) {
  return (
    <ConsequenceSheet
      consequences={rotateConsequences(view, reencrypt)}
      done={`Rotation of “${view.alias}” to version ${(view.versionNumber ?? 1) + 1} started.`}
      onConfirm={onConfirm}
      onOpen={() => {
        rotation.clearRotateError();
        plan.again();
      }}
      onReload={rotation.lookAgain}
      pending={rotation.rotating}
      plan={{ of: plan, kind: 'rotate' }}
      title={`Rotate “${view.alias}”?`}
      tone="primary"
      trigger={
        <Button disabledReason={disabledReason} variant="primary">
          Rotate Key
        </Button>
      }
      actionError={rotation.rotateError}
      verb="Rotate Key"
    />
  );
}
