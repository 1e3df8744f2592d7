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
        description="This is only an estimate, counted from your current data. Nothing moves yet."
        id="dry-run"
        title="What would move"
      />
      <div className="mb-3">
        <Checkbox
          checked={reencrypt}
          hint="The rotation doesn’t need this: only the new key opens a rewrapped data key. Choose it if your rules require new ciphertext. Each stored record is read and written once (see the time below). The old data keys are then deleted."
          id="reencrypt"
          label="Re-encrypt stored records too"
          onChange={(event) => onReencrypt(event.currentTarget.checked)}
        />
      </div>
      <PlanFacts kind="rotate" plan={plan} refusal={false} />
    </Panel>
  );
}
