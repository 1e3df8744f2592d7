import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import type { KeyState } from '#lib/byok/lifecycle.ts';
import { PlanFacts } from '../../../_shared/transitions/plan-facts.tsx';
import type { Plan } from '../../../_shared/transitions/use-planned.ts';
import { countedNames } from '../_shared/names.ts';
import type { AppsChange } from './apps-change.ts';
import { isActive } from './apps-words.ts';

type DeltaProps = { change: AppsChange; state: KeyState /** Null while nothing is changed. */; plan: Plan | null };

/** What the choice above adds and removes, and what would move for it. */
export function AppsDelta({ change, state, plan }: DeltaProps) {
  return (
    <Panel aria-labelledby="delta">
      <PanelHeader
        description={
          isActive(state)
            ? 'This is only an estimate, counted from your current data. Nothing moves yet.'
            : 'No data uses this key yet. Nothing moves before the enforcement date.'
        }
        id="delta"
        title="What would change"
      />
      <div role="status">
        <dl className="pairs mb-3 sm:grid-cols-[10rem_minmax(0,1fr)]">
          <dt className="text-ink-2">Added</dt>
          <dd className="min-w-0 break-words">{countedNames(change.added)}</dd>
          <dt className="text-ink-2">Removed</dt>
          <dd className="min-w-0 break-words">{countedNames(change.removed)}</dd>
        </dl>
      </div>
      {plan ? <PlanFacts kind="select-apps" plan={plan} /> : null}
    </Panel>
  );
}
