'use client';

import type { AppView } from '#lib/byok/app-views.ts';
import { type Plan, usePlanned } from '../../../_shared/moves/use-planned.ts';
import { planAssignmentAction } from './actions.ts';

/** The dry run of an assignment, counted anew when the app or the choice is another. Null: nothing to plan. */
export function useAssignmentPlan(
  app: Pick<AppView, 'id' | 'protectedBy' | 'moves'>,
  wanted: { to: string | null } | null,
): Plan {
  return usePlanned(
    ['assignment', app.id, app.protectedBy, app.moves.length, wanted],
    wanted && (() => planAssignmentAction({ appId: app.id, to: wanted.to })),
  );
}
