'use client';

import { useQuery } from '@tanstack/react-query';
import type { Result } from '#lib/byok/errors.ts';
import type { PlanView } from '#lib/byok/transition-views.ts';
import type { ActionError } from '../refusal/action-error.ts';

/** What a change would do, counted without making it. */
export type Plan = { plan: PlanView | null; actionError: ActionError | null; again: () => void };

class PlanFailed extends Error {
  readonly actionError: ActionError;

  constructor(actionError: ActionError) {
    super('no plan');
    this.actionError = actionError;
  }
}

/** The dry run that `ask` asks for, counted anew when `of` is another. Null: nothing to plan. */
export function usePlanned(of: readonly unknown[], ask: (() => Promise<Result<PlanView>>) | null): Plan {
  const { data, error, refetch } = useQuery<PlanView, PlanFailed>({
    queryKey: ['plan', ...of],
    queryFn: async () => {
      const answer = await ask?.().catch(() => null);
      if (!answer?.ok) throw new PlanFailed(answer ? answer.error : 'no-answer');
      return answer.data;
    },
    enabled: ask !== null,
    staleTime: 10_000,
    refetchOnWindowFocus: false,
    retry: false,
  });
  return { plan: data ?? null, actionError: error?.actionError ?? null, again: () => void refetch() };
}
