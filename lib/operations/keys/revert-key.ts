import { z } from 'zod';
import { Refusal } from '../../byok/errors.ts';
import type { KeyState } from '../../byok/lifecycle.ts';
import { listAppsUnderKey } from '../../db/app-store.ts';
import type { Tx } from '../../db/client.ts';
import { leaveUnnamed } from '../../db/creation-store.ts';
import { deleteKey, findKey, type KeyRow, supersedeConfigurations, updateKey } from '../../db/key-store.ts';
import { releaseSecrets } from '../../db/secret-store.ts';
import { lockTenant } from '../../db/tenant-store.ts';
import { cancelTransitions } from '../../db/transition-store.ts';
import { refuseWhileUnsettled } from '../../key-lifecycle/key-creation.ts';
import { proveReachable } from '../apps/prove-reachable.ts';
import { type AuditDetail, operation, type RunContext } from '../operation.ts';
import { startKeyTransition } from '../transitions/start-transition.ts';
import { isActive } from './key-facts.ts';
import { allowAsSeen, lockKeyForUpdate } from './lock-key.ts';

type Outcome = { data: { state: KeyState }; audit: AuditDetail };

/**
 * Back to the platform key. Before its enforcement a key is cancelled and nothing moves; after it everything under the
 * key moves back, and never without a proof that it can be reached: what cannot be unwrapped would be lost.
 */
export const revertKey = operation({
  name: 'revert-key',
  permission: 'keys.write',
  limit: 'move',
  input: z.object({ keyId: z.uuid(), revision: z.int() }),
  async run(context, input): Promise<{ state: KeyState }> {
    const seen = await findKey(context.tenantId, input.keyId);
    if (!seen) throw new Refusal('not-found');
    let providerRequestIds: string[] = [];
    if (isActive(seen) && seen.revision === input.revision) {
      await allowAsSeen('revert', context, seen);
      providerRequestIds = await proveReachable(seen.id, 'its data cannot return to the platform key.');
    }
    return context.commit(async (tx) => {
      await lockTenant(tx, context.tenantId);
      const key = await lockKeyForUpdate(tx, context, 'revert', input);
      if (key.state === 'draft') return discard(tx, context, key);
      if (key.state === 'scheduled') return cancel(tx, context, key);
      return moveBack(tx, context, key, providerRequestIds);
    });
  },
});

async function discard(tx: Tx, context: RunContext, key: KeyRow): Promise<Outcome> {
  await refuseWhileUnsettled(tx, key.id);
  await deleteKey(tx, key.id);
  await releaseSecrets(tx, context.tenantId);
  await leaveUnnamed(tx, context.tenantId, context.now);
  return {
    data: { state: 'reverted' },
    audit: { target: key.id, before: { alias: key.alias, state: 'draft' }, after: { state: 'reverted', moved: 0 } },
  };
}

async function cancel(tx: Tx, context: RunContext, key: KeyRow): Promise<Outcome> {
  await cancelTransitions(tx, key.id);
  await supersedeConfigurations(tx, key.id);
  await updateKey(tx, key.id, context, { state: 'reverted', revertedAt: context.now });
  return {
    data: { state: 'reverted' },
    audit: { target: key.id, before: { state: key.state }, after: { state: 'reverted', moved: 0 } },
  };
}

async function moveBack(tx: Tx, context: RunContext, key: KeyRow, providerRequestIds: string[]): Promise<Outcome> {
  const ids = await listAppsUnderKey(tx, key.id);
  await updateKey(tx, key.id, context, { state: 'reverting' });
  await startKeyTransition(tx, context, { keyId: key.id, kind: 'revert' }, [
    { ids, versionId: null, reencrypt: false },
  ]);
  return {
    data: { state: 'reverting' },
    audit: {
      target: key.id,
      before: { state: key.state, version: key.currentVersion?.number ?? 0, apps: ids.length },
      after: { state: 'reverting', apps: 0 },
      providerRequestIds,
    },
  };
}
