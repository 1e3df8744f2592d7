import 'server-only';
import { countMove, updateMove } from '../../db/move-store.ts';
import { listAppsToSwitch } from '../../db/app-store.ts';
import { transaction } from '../../db/client.ts';
import { findCurrentDataKey, putCurrentDataKey } from '../../db/data-key-store.ts';
import { newDataKey } from '../../keyring/data-keys.ts';
import { refused } from '../../keyring/keyring.ts';
import { providerFor } from '../../keyring/providers.ts';
import { type MoveTask, inParallel, watchProgress } from './task.ts';

const width = 8;

/** A fresh data key for every app of a move, born under what the app belongs to. Whoever writes before makes it himself. */
export async function switchApps(task: MoveTask): Promise<void> {
  const progress = watchProgress('The apps were changed by somebody else each time they were to be switched.');
  for (;;) {
    const apps = await listAppsToSwitch(task.moveId);
    if (apps.length === 0) break;
    let moved = 0;
    await inParallel(apps, width, task.signal, async (app) => {
      if (await switchApp(app, task)) moved++;
    });
    progress(moved);
  }
  // From here on nothing can be added to what is left: that is how much there is in all.
  const { dataKeys, records } = await countMove(task.moveId);
  await updateMove(task.moveId, { phase: 'rewrapping', dataKeysTotal: dataKeys.total, recordsTotal: records.total });
}

type App = Awaited<ReturnType<typeof listAppsToSwitch>>[number];

/** @returns false where somebody else was first: what they did is looked at when the list is asked for again */
async function switchApp(app: App, task: MoveTask): Promise<boolean> {
  const scope = { tenantId: app.tenantId, appId: app.id };
  const current = await findCurrentDataKey(scope);
  // Asked for each time: a revocation lets go of the provider that was in use.
  const provider = await providerFor(app.keyVersionId);
  const key = await newDataKey(scope, app.keyVersionId, provider, task.signal).catch((error: unknown) =>
    refused(app.keyVersionId, error),
  );
  return transaction((tx) =>
    putCurrentDataKey(tx, key, { keyVersionId: app.keyVersionId, currentId: current?.id ?? null }),
  );
}
