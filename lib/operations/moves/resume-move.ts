import { z } from 'zod';
import { enqueue } from '../../db/job-queue.ts';
import { resume } from '../../db/key-moves.ts';
import { operation } from '../operation.ts';
import { moveInWords, takeMove } from './take-move.ts';

/** Lets a move go on: one that was paused, and at once one that waits for its next try. Pressed twice it is the same. */
export const resumeMove = operation({
  name: 'resume-move',
  permission: 'keys.write',
  limit: 'move',
  input: z.object({ moveId: z.uuid() }),
  async run(context, { moveId }): Promise<Record<string, never>> {
    return context.commit(async (tx) => {
      const move = await takeMove(tx, context, moveId);
      await resume(tx, move.id);
      const due = new Date(Math.max(move.dueAt.getTime(), context.now.getTime()));
      await enqueue(tx, 'run-move', { moveId }, due);
      return {
        data: {},
        audit: {
          target: move.keyId ?? move.id,
          before: {
            ...moveInWords(move),
            paused: move.pausedAt !== null,
            nextTryAt: move.nextTryAt?.toISOString() ?? '',
          },
          after: { ...moveInWords(move), paused: false, nextTryAt: due.toISOString() },
        },
      };
    });
  },
});
