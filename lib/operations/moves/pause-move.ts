import { z } from 'zod';
import { Refusal } from '../../byok/errors.ts';
import { pause } from '../../db/key-moves.ts';
import { operation } from '../operation.ts';
import { moveInWords, refused, takeMove } from './take-move.ts';

/**
 * Stops the background work of a move until somebody resumes it. What has moved has moved, new data goes where the app
 * belongs, and everything stays readable.
 */
export const pauseMove = operation({
  name: 'pause-move',
  permission: 'keys.write',
  input: z.object({ moveId: z.uuid() }),
  async run(context, { moveId }): Promise<Record<string, never>> {
    return context.commit(async (tx) => {
      const move = await takeMove(tx, context, moveId);
      if (move.startedAt === null) throw refused('Nothing has begun to move yet, so there is nothing to pause.');
      if (move.pausedAt)
        throw new Refusal('conflict', { details: { by: move.pausedBy ?? '', change: 'paused it already' } });
      await pause(tx, move.id, context.who, context.now);
      return {
        data: {},
        audit: {
          target: move.keyId ?? move.id,
          before: { ...moveInWords(move), paused: false },
          after: { ...moveInWords(move), paused: true },
        },
      };
    });
  },
});
