import 'server-only';
import { Refusal } from '../../byok/errors.ts';
import { transitionInHistory } from '../../byok/history-names.ts';
import type { Tx } from '../../db/client.ts';
import type { TransitionRow } from '../../db/key-store.ts';
import { lockTransitionRow } from '../../db/key-transitions.ts';
import type { RunContext } from '../operation.ts';

/** A key transition that is not over, its row taken for the rest of the transaction. */
export async function lockTransition(tx: Tx, context: RunContext, transitionId: string): Promise<TransitionRow> {
  const transition = await lockTransitionRow(tx, context.tenantId, transitionId);
  if (!transition) throw new Refusal('not-found');
  if (transition.finishedAt) throw refused('This has finished: everything has moved.');
  if (transition.cancelledAt) throw refused('A later change has taken over the remaining work.');
  return transition;
}

export function refused(reason: string): Refusal {
  return new Refusal('not-allowed-in-state', { details: { reason } });
}

/** How the history names what a key transition was about. */
export function transitionInWords(transition: TransitionRow): Record<string, string> {
  return {
    ...transitionInHistory(transition.id),
    kind: transition.kind === 'select_apps' ? 'select-apps' : transition.kind,
    phase: transition.phase,
  };
}
