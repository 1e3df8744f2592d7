import { z } from 'zod';
import { enqueue } from '../../db/job-queue.ts';
import { resume } from '../../db/key-transitions.ts';
import { operation } from '../operation.ts';
import { lockTransition, transitionInWords } from './lock-transition.ts';

/** Lets a key transition go on: one that was paused, and at once one that waits for its next try. Pressed twice it is the same. */
export const resumeMove = operation({
  name: 'resume-move',
  permission: 'keys.write',
  limit: 'move',
  input: z.object({ transitionId: z.uuid() }),
  async run(context, { transitionId }): Promise<Record<string, never>> {
    return context.commit(async (tx) => {
      const transition = await lockTransition(tx, context, transitionId);
      await resume(tx, transition.id);
      const due = new Date(Math.max(transition.dueAt.getTime(), context.now.getTime()));
      await enqueue(tx, 'run-move', { moveId: transitionId }, due);
      return {
        data: {},
        audit: {
          target: transition.keyId ?? transition.id,
          before: {
            ...transitionInWords(transition),
            paused: transition.pausedAt !== null,
            nextTryAt: transition.nextTryAt?.toISOString() ?? '',
          },
          after: { ...transitionInWords(transition), paused: false, nextTryAt: due.toISOString() },
        },
      };
    });
  },
});
