'use server';

import { currentCaller } from '#lib/auth/current-caller.ts';
import type { Result } from '#lib/byok/errors.ts';
import { pauseMove } from '#lib/operations/transitions/pause-move.ts';
import { resumeMove } from '#lib/operations/transitions/resume-move.ts';

export async function pauseMoveAction(transitionId: string): Promise<Result<object>> {
  return pauseMove(await currentCaller(), { transitionId });
}

/** Also: try again now, where a key transition is stuck. */
export async function resumeMoveAction(transitionId: string): Promise<Result<object>> {
  return resumeMove(await currentCaller(), { transitionId });
}
