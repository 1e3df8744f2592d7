'use server';

import { currentCaller } from '#lib/auth/current-caller.ts';
import type { Result } from '#lib/byok/errors.ts';
import { pauseMove } from '#lib/operations/moves/pause-move.ts';
import { resumeMove } from '#lib/operations/moves/resume-move.ts';

export async function pauseMoveAction(moveId: string): Promise<Result<object>> {
  return pauseMove(await currentCaller(), { moveId });
}

/** Also: try again now, where a move is stuck. */
export async function resumeMoveAction(moveId: string): Promise<Result<object>> {
  return resumeMove(await currentCaller(), { moveId });
}
