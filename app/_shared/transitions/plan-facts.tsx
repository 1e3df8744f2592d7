'use client';

import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { ErrorNotice } from '#components/ui/error-notice.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import type { PlanView } from '#lib/byok/transition-views.ts';
import { actionErrorWords } from '../refusal/action-error-words.ts';
import { type PlannedKind, planFacts, planSentence } from './plan-words.ts';
import type { Plan } from './use-planned.ts';

type PlanFactsProps = {
  plan: Plan;
  kind: PlannedKind;
  /** Left out where the page says itself what is missing. */
  refusal?: boolean;
  /** In a sentence, so that a sheet stays short. */
  brief?: boolean;
};

/** The dry run: what would move, how many KMS calls, about how long and how much, and what stands against it now. */
export function PlanFacts({ plan: asked, kind, refusal = true, brief = false }: PlanFactsProps) {
  const { plan, actionError, again } = asked;
  if (actionError) {
    return (
      <ErrorNotice error={actionErrorWords(actionError)}>
        <Button onClick={again} size="small">
          Count again
        </Button>
      </ErrorNotice>
    );
  }
  if (!plan) {
    return (
      <p className="flex items-center gap-2 text-ink-2">
        <Spinner className="size-4" /> Counting what would move…
      </p>
    );
  }
  return (
    <div className="min-w-0">
      {brief ? <p>{planSentence(plan)}</p> : <Facts kind={kind} plan={plan} />}
      <p className="mt-2 text-[0.8125rem] text-ink-2">{`${plan.assumption} ${plan.price}`.trim()}</p>
      {refusal ? <PlanRefusal plan={asked} /> : null}
    </div>
  );
}

/** What stands against the change now; nothing where nothing does. */
export function PlanRefusal({ plan: { plan } }: { plan: Plan }) {
  if (!plan?.refusal) return null;
  return (
    <Callout className="mt-3 mb-0" title="You can’t do this now." tone="warn">
      <p>{plan.refusal}</p>
    </Callout>
  );
}

function Facts({ plan, kind }: { plan: PlanView; kind: PlannedKind }) {
  return (
    <dl className="pairs sm:grid-cols-[10rem_minmax(0,1fr)]">
      {planFacts(plan, kind).map(({ label, value }) => (
        <div className="contents" key={label}>
          <dt className="text-ink-2">{label}</dt>
          <dd className="mb-1 min-w-0 break-words text-ink tabular-nums sm:mb-0">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
