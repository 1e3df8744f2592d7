'use client';

import { type Plan, usePlanned } from '../../../_shared/transitions/use-planned.ts';
import { planAction } from './actions.ts';
import type { Change } from './change.ts';

type Planned = {
  id: string;
  revision: number;
  /** What else it depends on: the test of what is prepared. */
  reportId?: string | null;
};

/** The dry run of a change, counted anew when the change or the key is another. Null: nothing to plan. */
export function usePlan({ id, revision, reportId = null }: Planned, change: Change | null): Plan {
  return usePlanned([id, revision, reportId, change], change && (() => planAction({ keyId: id, change })));
}
