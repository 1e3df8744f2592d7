import { z } from 'zod';
import { checkIds } from '../../byok/checks.ts';
import { readConnection, readDraft, rulesOf } from '../../byok/connection.ts';
import { Refusal } from '../../byok/errors.ts';
import { pinnedInHistory } from '../../byok/history-names.ts';
import type { CheckId } from '../../byok/test-report.ts';
import { copySelection, listAppsUnderKey } from '../../db/app-store.ts';
import { db, type Tx } from '../../db/client.ts';
import {
  type ConfigurationRow,
  findKey,
  type KeyRow,
  promoteWorkingCopy,
  scheduledOf,
  updateConfiguration,
  updateKey,
} from '../../db/key-store.ts';
import { findTenant, lockTenant, type TenantRecord } from '../../db/tenant-store.ts';
import { insertVersion } from '../../db/transition-store.ts';
import { newVersion } from '../../key-lifecycle/new-version.ts';
import { allowAsSeen, lockKeyForUpdate } from '../keys/lock-key.ts';
import { operation, type RunContext } from '../operation.ts';
import { startKeyTransition } from '../transitions/start-transition.ts';
import { proveStanding } from './standing-wrappings.ts';
import { testedRotation } from './tested-rotation.ts';

/**
 * Activates a prepared and tested rotation, in one transaction: from its commit on new data of every app of the key
 * is encrypted under the new version; what exists is rewrapped in the background.
 *
 * It takes a passing test that is younger than the preparation: the same alias may mean another key by now. The test, and this
 * command once more, unwrap a real data key of each version that data hangs on, with the credentials that the transition will use:
 * what is cut off could be neither read nor moved (standing-wrappings.ts).
 */
export const rotateKey = operation({
  name: 'rotate-key',
  permission: 'keys.write',
  limit: 'move',
  input: z.object({
    keyId: z.uuid(),
    revision: z.int(),
    acknowledged: z.array(z.enum(checkIds)).max(checkIds.length),
    reencrypt: z.boolean(),
  }),
  async run(context, input): Promise<{ transitionId: string; versionNumber: number }> {
    const tenant = await findTenant(context.tenantId);
    const seen = await findKey(context.tenantId, input.keyId);
    if (!tenant || !seen) throw new Refusal('not-found');
    const provedBy = await proveBefore(seen, tenant, context, input);
    return context.commit(async (tx) => {
      await lockTenant(tx, tenant.id);
      const key = await lockKeyForUpdate(tx, context, 'rotate', input);
      const { prepared, report, pinnedKeyRef } = await testedRotation(tx, key, tenant, input.acknowledged, context.now);
      await makeStanding(tx, context, key, prepared, input.acknowledged);
      const tested = {
        pinnedKeyRef,
        facts: report.facts,
        finishedAt: new Date(report.finishedAt),
        providerRequestIds: report.checks.flatMap((check) => check.providerRequestIds),
      };
      const version = await insertVersion(tx, newVersion(prepared, tenant, key.id, context.who, tested));
      await updateKey(tx, key.id, context, { state: 'rotating' });
      const apps = await listAppsUnderKey(tx, key.id);
      const transitionId = await startKeyTransition(
        tx,
        context,
        { keyId: key.id, kind: 'rotate', versionId: version.id },
        [{ ids: apps, versionId: version.id, reencrypt: input.reencrypt }],
      );
      const draft = readDraft(prepared);
      const isOther = key.currentVersion?.provider !== draft.provider;
      return {
        data: { transitionId, versionNumber: version.number },
        audit: {
          target: key.id,
          before: { ...versionInWords(key), ...(isOther ? providerOf(key) : {}) },
          after: {
            version: version.number,
            ...(isOther ? { provider: draft.provider, authMode: draft.authMode } : {}),
            ...rulesOf(draft).forHistory(draft),
            ...pinnedInHistory(draft.provider, pinnedKeyRef),
            apps: apps.length,
            reencrypt: input.reencrypt,
            acknowledged: input.acknowledged,
          },
          providerRequestIds: provedBy,
        },
      };
    });
  },
});

/**
 * The network work, before the transaction: what lies under the key so far can be read and moved. Only where somebody else was
 * first, which the transaction says, it is left out. @returns the provider's request IDs
 */
async function proveBefore(
  key: KeyRow,
  tenant: TenantRecord,
  context: RunContext,
  { revision, acknowledged }: { revision: number; acknowledged: CheckId[] },
): Promise<string[]> {
  if (key.revision !== revision) return [];
  await allowAsSeen('rotate', context, key);
  return proveStanding(key, tenant, await testedRotation(db(), key, tenant, acknowledged, context.now), acknowledged);
}

/** The prepared configuration becomes what stands; the apps are those that stand now, whenever it was prepared. */
async function makeStanding(
  tx: Tx,
  context: RunContext,
  key: KeyRow,
  prepared: ConfigurationRow,
  acknowledged: CheckId[],
): Promise<void> {
  const standing = scheduledOf(key);
  if (standing) await copySelection(tx, standing.id, prepared.id);
  const enforcementAt = standing?.enforcementAt ?? context.now;
  await promoteWorkingCopy(tx, key, { who: context.who, at: context.now, enforcementAt });
  await updateConfiguration(tx, prepared.id, { acknowledged });
}

function providerOf({ currentVersion }: KeyRow): Record<string, string> {
  return currentVersion ? { provider: currentVersion.provider, authMode: currentVersion.authMode } : {};
}

function versionInWords({ currentVersion }: KeyRow): Record<string, string | number> {
  if (!currentVersion) return {};
  const connection = readConnection(currentVersion);
  const { number, pinnedKeyRef } = currentVersion;
  return {
    version: number,
    ...rulesOf(connection).forHistory(connection),
    ...pinnedInHistory(connection.provider, pinnedKeyRef),
  };
}
