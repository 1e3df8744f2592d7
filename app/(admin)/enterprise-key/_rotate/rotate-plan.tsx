'use client';

import { Checkbox } from '#components/form/checkbox.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { PlanFacts } from '../../../_shared/transitions/plan-facts.tsx';
import type { Plan } from '../../../_shared/transitions/use-planned.ts';

type RotatePlanProps = { plan: Plan; reencrypt: boolean; onReencrypt: (on: boolean) => void };

/** The dry run of the rotation, and the one choice that changes it. */
export function RotatePlan({ plan, reencrypt, onReencrypt }: RotatePlanProps) {
  return (
    <Panel aria-labelledby="dry-run">
      <PanelHeader
        description="Counted from your data as it is now. Nothing is moved by looking."
        id="dry-run"
        title="What would move"
      />
      <div className="mb-3">
        <Checkbox
          checked={reencrypt}
          hint="Not needed for the rotation: a rewrapped data key opens only through the new key. Choose it where your rules ask for new ciphertext: each stored record is read and written once, which takes as long as said below, and afterwards the old data keys are deleted."
          id="reencrypt"
          label="Re-encrypt stored records too"
          onChange={(event) => onReencrypt(event.currentTarget.checked)}
        />
      </div>
      <PlanFacts kind="rotate" plan={plan} refusal={false} />
    </Panel>
  );
}
