import 'server-only';
import { Refusal } from '../../byok/errors.ts';
import type { Tx } from '../../db/client.ts';
import { lockMove } from '../../db/key-moves.ts';
import type { MoveRow } from '../../db/key-store.ts';
import type { RunContext } from '../operation.ts';

/** A move that is not over, its row taken for the rest of the transaction. */
export async function takeMove(tx: Tx, context: RunContext, moveId: string): Promise<MoveRow> {
  const move = await lockMove(tx, context.tenantId, moveId);
  if (!move) throw new Refusal('not-found');
  if (move.finishedAt) throw refused('This is over: everything has moved.');
  if (move.cancelledAt) throw refused('A later command has taken over what this had left to do.');
  return move;
}

export function refused(reason: string): Refusal {
  return new Refusal('not-allowed-in-state', { details: { reason } });
}

/** How the history names what a move was about. */
export function moveInWords(move: MoveRow): Record<string, string> {
  return { moveId: move.id, kind: move.kind === 'select_apps' ? 'select-apps' : move.kind, phase: move.phase };
}
