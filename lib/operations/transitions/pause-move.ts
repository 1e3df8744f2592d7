import { z } from 'zod';
import { Refusal } from '../../byok/errors.ts';
import { pause } from '../../db/key-transitions.ts';
import { operation } from '../operation.ts';
import { lockTransition, refused, transitionInWords } from './lock-transition.ts';

/**
 * Stops the background work of a key transition until somebody resumes it. What has moved has moved, new data goes where the app
 * belongs, and everything stays readable.
 */
export const pauseMove = operation({
  name: 'pause-move',
  permission: 'keys.write',
  input: z.object({ transitionId: z.uuid() }),
  async run(context, { transitionId }): Promise<Record<string, never>> {
    return context.commit(async (tx) => {
      const transition = await lockTransition(tx, context, transitionId);
      if (transition.startedAt === null)
        throw refused('Nothing has started to move yet, so there is nothing to pause.');
      if (transition.pausedAt)
        throw new Refusal('conflict', { details: { by: transition.pausedBy ?? '', change: 'paused it already' } });
      await pause(tx, transition.id, context.who, context.now);
      return {
        data: {},
        audit: {
          target: transition.keyId ?? transition.id,
          before: { ...transitionInWords(transition), paused: false },
          after: { ...transitionInWords(transition), paused: true },
        },
      };
    });
  },
});
