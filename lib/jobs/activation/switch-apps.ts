import 'server-only';
import { updateActivation } from '../../db/activation-store.ts';
import { listAppsToSwitch } from '../../db/app-store.ts';
import { transaction } from '../../db/client.ts';
import { findCurrentDataKey, putCurrentDataKey } from '../../db/data-key-store.ts';
import { countRecordsUnderOldKeys } from '../../db/record-store.ts';
import { newDataKey } from '../../keyring/data-keys.ts';
import { refused } from '../../keyring/keyring.ts';
import { providerFor } from '../../keyring/providers.ts';
import { type ActivationTask, inParallel, watchProgress } from './task.ts';

const width = 8;

/** A fresh data key for every chosen app, born under the CMK and used from the next write on. */
export async function switchApps(task: ActivationTask): Promise<void> {
  const progress = watchProgress('The apps were changed by somebody else each time they were to be switched.');
  for (;;) {
    const apps = await listAppsToSwitch(task.configurationId, task.versionId);
    if (apps.length === 0) break;
    let moved = 0;
    await inParallel(apps, width, task.signal, async (app) => {
      if (await switchApp(app, task)) moved++;
    });
    progress(moved);
  }
  const recordsTotal = await countRecordsUnderOldKeys(task.configurationId);
  await updateActivation(task.activationId, { phase: 'rewrapping', ...(recordsTotal > 0 ? { recordsTotal } : {}) });
}

type App = Awaited<ReturnType<typeof listAppsToSwitch>>[number];

/** @returns false where somebody else was first: what they did is looked at when the list is asked for again */
async function switchApp(app: App, task: ActivationTask): Promise<boolean> {
  const scope = { tenantId: app.tenantId, appId: app.id };
  const current = await findCurrentDataKey(scope);
  // Asked for each time: a revocation lets go of the provider that was in use.
  const provider = await providerFor(task.versionId);
  const key = await newDataKey(scope, task.versionId, provider, task.signal).catch((error: unknown) =>
    refused(task.versionId, error),
  );
  return transaction((tx) =>
    putCurrentDataKey(tx, key, { keyVersionId: app.keyVersionId, currentId: current?.id ?? null }),
  );
}
