import { z } from 'zod';
import { Refusal } from '../../byok/errors.ts';
import {
  listAppsUnderKey,
  listTakenApps,
  replaceSelection,
  resolveSelection,
  type Selection,
} from '../../db/app-store.ts';
import { db, type Tx } from '../../db/client.ts';
import { findKey, type KeyRow, updateKey } from '../../db/key-store.ts';
import { lockTenant } from '../../db/tenant-store.ts';
import { keepCommitment } from '../keys/commitment.ts';
import { isActive } from '../keys/key-facts.ts';
import { lockKeyForUpdate } from '../keys/lock-key.ts';
import { operation, type RunContext } from '../operation.ts';
import { startKeyTransition } from '../transitions/start-transition.ts';
import { nothingLeft, takenWords } from './plan-refusal.ts';
import { proveReachable } from './prove-reachable.ts';
import { type Difference, difference, selectionSchema } from './selection.ts';

type Input = { keyId: string; revision: number; selection: Selection };

/**
 * Changes which apps a key protects. Before its enforcement only the choice changes. After it an added app goes the way
 * of activation, and a removed one returns to the platform key: never without a proof that the key can be reached,
 * since what cannot be unwrapped could not come back, and never from a key that was made irreversible.
 */
export const updateApps = operation({
  name: 'update-apps',
  permission: 'keys.write',
  limit: 'move',
  input: z.object({ keyId: z.uuid(), revision: z.int(), selection: selectionSchema }),
  async run(context, input): Promise<{ transitionId: string | null; added: number; removed: number }> {
    const seen = await findKey(context.tenantId, input.keyId);
    if (!seen) throw new Refusal('not-found');
    const providerRequestIds = await prove(context, seen, input);
    return context.commit(async (tx) => {
      await lockTenant(tx, context.tenantId);
      const key = await lockKeyForUpdate(tx, context, 'select-apps', input);
      const before = await selectedNow(tx, key);
      const change = difference(before, await resolveSelection(tx, context.tenantId, input.selection));
      keepCommitment(key, change.removed.length);
      await replace(tx, context, key, input.selection);
      const counts = { added: change.added.length, removed: change.removed.length };
      const changed = counts.added + counts.removed > 0;
      if (changed) await updateKey(tx, key.id, context, {});
      const transitionId = changed && isActive(key) ? await startAppsTransition(tx, context, key, change) : null;
      return {
        data: { transitionId, ...counts },
        audit: {
          target: key.id,
          before: { apps: before.length },
          after: { apps: before.length + counts.added - counts.removed, ...counts },
          providerRequestIds,
        },
      };
    });
  },
});

/** Past every cache, before the transaction: what the change leads to and what it takes away can both be reached. */
async function prove(context: RunContext, key: KeyRow, input: Input): Promise<string[]> {
  if (!isActive(key) || key.revision !== input.revision) return [];
  const wanted = await resolveSelection(db(), context.tenantId, input.selection);
  const { added, removed } = difference(await listAppsUnderKey(db(), key.id), wanted);
  keepCommitment(key, removed.length);
  const ids: string[] = [];
  if (removed.length > 0)
    ids.push(...(await proveReachable(key.id, 'no app can return to the platform key.', { appIds: removed })));
  if (added.length > 0)
    ids.push(...(await proveReachable(key.id, 'no app can be added to it.', { versionId: key.currentVersionId })));
  return ids;
}

async function selectedNow(tx: Tx, key: KeyRow): Promise<string[]> {
  if (isActive(key)) return listAppsUnderKey(tx, key.id);
  const [configuration] = scheduledFirst(key);
  if (!configuration) return [];
  const rows = await tx.configurationApp.findMany({ where: { configurationId: configuration.id } });
  return rows.map((row) => row.appId);
}

/** The choice of what stands, and of what is being prepared beside it. */
async function replace(tx: Tx, context: RunContext, key: KeyRow, selection: Selection): Promise<void> {
  for (const configuration of scheduledFirst(key)) {
    const selected = await replaceSelection(tx, context.tenantId, configuration.id, selection);
    if (selected === 0) {
      const reason = nothingLeft(key);
      throw new Refusal('no-apps-selected', { details: { reason }, fields: { apps: reason } });
    }
  }
  const [standing] = scheduledFirst(key);
  const taken = standing ? await listTakenApps(tx, key.id, standing.id) : [];
  if (taken.length > 0) {
    throw new Refusal('app-taken', { details: { reason: takenWords(taken), apps: taken } });
  }
}

function scheduledFirst(key: KeyRow): KeyRow['configurations'] {
  return key.configurations
    .filter((one) => one.standing !== 'superseded')
    .toSorted((a, b) => Number(b.standing === 'scheduled') - Number(a.standing === 'scheduled'));
}

async function startAppsTransition(
  tx: Tx,
  context: RunContext,
  key: KeyRow,
  { added, removed }: Difference,
): Promise<string> {
  const versionId = key.currentVersionId;
  if (!versionId) throw new Error(`enterprise key ${key.id} is active without a version`);
  return startKeyTransition(tx, context, { keyId: key.id, kind: 'select-apps', versionId }, [
    { ids: added, versionId, reencrypt: true },
    { ids: removed, versionId: null, reencrypt: false },
  ]);
}
