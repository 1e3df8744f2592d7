'use client';

import { useQuery } from '@tanstack/react-query';
import type { PlanView } from '#lib/byok/move-views.ts';
import { planAction } from '../_rotate/actions.ts';
import type { Trouble } from '../_setup/use-save-step.ts';
import type { Change } from './change.ts';

export type Plan = { plan: PlanView | null; trouble: Trouble | null; again: () => void };

/** Why a plan could not be made. */
class PlanFailed extends Error {
  readonly trouble: Trouble;

  constructor(trouble: Trouble) {
    super('no plan');
    this.trouble = trouble;
  }
}

type Planned = {
  id: string;
  revision: number;
  /** What else it depends on: the test of what is prepared. */
  reportId?: string | null;
};

/** The dry run of a change, counted anew when the change or the key is another. Null: nothing to plan. */
export function usePlan({ id, revision, reportId = null }: Planned, change: Change | null): Plan {
  const { data, error, refetch } = useQuery<PlanView, PlanFailed>({
    queryKey: ['plan', id, revision, reportId, change],
    queryFn: () => (change ? plan(id, change) : Promise.reject(new PlanFailed('no-answer'))),
    enabled: change !== null,
    staleTime: 10_000,
    refetchOnWindowFocus: false,
    retry: false,
  });
  return { plan: data ?? null, trouble: error?.trouble ?? null, again: () => void refetch() };
}

async function plan(keyId: string, change: Change): Promise<PlanView> {
  const answer = await planAction({ keyId, change }).catch(() => null);
  if (!answer?.ok) throw new PlanFailed(answer ? answer.error : 'no-answer');
  return answer.data;
}
