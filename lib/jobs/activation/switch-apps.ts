import 'server-only';
import { updateActivation } from '../../db/activation-store.ts';
import { listAppsToSwitch } from '../../db/app-store.ts';
import { transaction } from '../../db/client.ts';
import { findCurrentDataKey, putCurrentDataKey } from '../../db/data-key-store.ts';
import { countRecordsUnderOldKeys } from '../../db/record-store.ts';
import { newDataKey } from '../../keyring/data-keys.ts';
import { refused } from '../../keyring/keyring.ts';
import { providerFor } from '../../keyring/providers.ts';
import { type ActivationTask, inParallel } from './task.ts';

const width = 8;

/** A fresh data key for every chosen app, born under the CMK and used from the next write on. */
export async function switchApps(task: ActivationTask): Promise<void> {
  const apps = await listAppsToSwitch(task.configurationId, task.versionId);
  if (apps.length > 0) {
    const provider = await providerFor(task.versionId);
    await inParallel(apps, width, task.signal, async (app) => {
      const scope = { tenantId: app.tenantId, appId: app.id };
      const current = await findCurrentDataKey(scope);
      const key = await newDataKey(scope, task.versionId, provider).catch((error: unknown) =>
        refused(task.versionId, error),
      );
      // Somebody else was first: what they did is looked at when this list is asked for again.
      await transaction((tx) =>
        putCurrentDataKey(tx, key, { keyVersionId: app.keyVersionId, currentId: current?.id ?? null }),
      );
    });
    return switchApps(task);
  }
  const recordsTotal = await countRecordsUnderOldKeys(task.configurationId);
  await updateActivation(task.activationId, { phase: 'rewrapping', ...(recordsTotal > 0 ? { recordsTotal } : {}) });
}
