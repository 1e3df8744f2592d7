import 'server-only';
import { Refusal } from '../../byok/errors.ts';
import type { Tx } from '../../db/client.ts';
import { listOpenTransitions } from '../../db/key-transitions.ts';

/**
 * What keeps an app from being rekeyed: whatever moves it already gives it a fresh data key, or seals its records again
 * under the one that it has. A key transition that is stuck is none.
 */
export async function rekeyObstacle(tx: Tx, tenantId: string, appId: string): Promise<Refusal | undefined> {
  const running = (await listOpenTransitions(tx, tenantId, appId)).filter(
    (transition) => transition.failureCode === null,
  );
  const rekey = running.find((transition) => transition.kind === 'rekey');
  if (rekey) {
    const change = 'started a rekey of this app, which is still running';
    return new Refusal('conflict', {
      details: { by: rekey.requestedBy, change, reason: 'A rekey of this app is under way.' },
    });
  }
  if (running.length === 0) return undefined;
  const reason = 'Data of this app is being moved. Wait until that has finished.';
  return new Refusal('not-allowed-in-state', { details: { reason } });
}
