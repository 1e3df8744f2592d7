'use client';

import { useQuery } from '@tanstack/react-query';
import type { AppView } from '#lib/byok/app-views.ts';
import type { PlanView } from '#lib/byok/move-views.ts';
import type { Trouble } from '../../enterprise-key/_setup/use-save-step.ts';
import type { Plan } from '../../enterprise-key/_shared/use-plan.ts';
import { planAssignmentAction } from './actions.ts';

class PlanFailed extends Error {
  readonly trouble: Trouble;

  constructor(trouble: Trouble) {
    super('no plan');
    this.trouble = trouble;
  }
}

/** The dry run of an assignment, counted anew when the app or the choice is another. Null: nothing to plan. */
export function useAssignmentPlan(
  app: Pick<AppView, 'id' | 'protectedBy' | 'moves'>,
  wanted: { to: string | null } | null,
): Plan {
  const { data, error, refetch } = useQuery<PlanView, PlanFailed>({
    queryKey: ['assignment', app.id, app.protectedBy, app.moves.length, wanted],
    queryFn: async () => {
      const answer = wanted ? await planAssignmentAction({ appId: app.id, to: wanted.to }).catch(() => null) : null;
      if (!answer?.ok) throw new PlanFailed(answer ? answer.error : 'no-answer');
      return answer.data;
    },
    enabled: wanted !== null,
    staleTime: 10_000,
    refetchOnWindowFocus: false,
    retry: false,
  });
  return { plan: data ?? null, trouble: error?.trouble ?? null, again: () => void refetch() };
}
