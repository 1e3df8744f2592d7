'use client';

import type { AppView } from '#lib/byok/app-views.ts';
import { type Plan, usePlanned } from '../../../_shared/transitions/use-planned.ts';
import { planAssignmentAction } from './actions.ts';

/** The dry run of an assignment, counted anew when the app or the choice is another. Null: nothing to plan. */
export function useAssignmentPlan(
  app: Pick<AppView, 'id' | 'protectedBy' | 'transitions'>,
  wanted: { to: string | null } | null,
): Plan {
  return usePlanned(
    ['assignment', app.id, app.protectedBy, app.transitions.length, wanted],
    wanted && (() => planAssignmentAction({ appId: app.id, to: wanted.to })),
  );
}
