'use client';

import { useQuery } from '@tanstack/react-query';
import type { PlanView } from '#lib/byok/views.ts';
import type { Trouble } from '../_wizard/use-save-step.ts';
import { planAction } from './actions.ts';
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

/** The dry run of a change, counted anew when the change or the key is another. Null: nothing to plan. */
export function usePlan(key: { id: string; revision: number }, change: Change | null): Plan {
  const { data, error, refetch } = useQuery<PlanView, PlanFailed>({
    queryKey: ['plan', key.id, key.revision, change],
    queryFn: () => (change ? plan(key.id, change) : Promise.reject(new PlanFailed('no-answer'))),
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
