import 'server-only';
import { message } from '../../byok/messages/catalogue.ts';
import { listAppsToSwitch } from '../../db/app-store.ts';
import type { NewDataKey } from '../../db/data-key-store.ts';
import { type FreshDataKey, putFreshDataKeys } from '../../db/fresh-key-store.ts';
import { recordRefusal } from '../../db/rewrap-store.ts';
import { setTotals } from '../../db/transition-run-store.ts';
import { newDataKey } from '../../keyring/data-keys.ts';
import { classifyFailure, explain } from './explain.ts';
import { inParallel, type TransitionTask, watchProgress } from './task.ts';

/** Apps that are switched together: so many fresh data keys a crash loses at most. */
const batch = 100;
/** More than any budget lets through at once. */
const lanes = 32;

type App = Awaited<ReturnType<typeof listAppsToSwitch>>[number];

/**
 * A fresh data key for every app of a key transition, generated under what the app belongs to. Whoever writes before makes it himself.
 * Where the key refuses, what the app has already is recorded as not rewrapped.
 * @throws Refusal when a key is out of reach: once it answers, the transition goes on
 */
export async function switchApps(task: TransitionTask): Promise<void> {
  const progress = watchProgress(message('apps-keep-changing'));
  const refused = new Set<string>();
  for (;;) {
    const apps = (await listAppsToSwitch(task.work.id)).filter(
      (app) => !refused.has(app.id) && !task.failures.closed('to', app.keyVersionId),
    );
    if (apps.length === 0) break;
    let moved = 0;
    for (let at = 0; at < apps.length; at += batch) {
      const outcome = await switchTogether(apps.slice(at, at + batch), task);
      for (const id of outcome.refused) refused.add(id);
      moved += outcome.switched + outcome.refused.length;
    }
    progress(moved);
  }
  if (task.failures.outage) throw task.failures.outage;
  // From here on nothing can be added to what is left: that is how much there is in all.
  await setTotals(task.work.id);
}

/** Whom somebody else was first with is neither switched nor refused: the list is asked for again. */
async function switchTogether(apps: App[], task: TransitionTask): Promise<{ switched: number; refused: string[] }> {
  const fresh: FreshDataKey[] = [];
  const refused: string[] = [];
  await inParallel(apps, lanes, task.signal, async (app) => {
    const key = await freshDataKey(app, task);
    if (key) fresh.push({ ...key, currentId: app.currentId });
    else refused.push(app.id);
  });
  return { switched: fresh.length > 0 ? await putFreshDataKeys(fresh) : 0, refused };
}

/** @returns nothing where its key refuses or is out of reach, which is noted */
async function freshDataKey(app: App, task: TransitionTask): Promise<NewDataKey | undefined> {
  const versionId = app.keyVersionId;
  try {
    return await newDataKey({ tenantId: app.tenantId, appId: app.id }, versionId, task.keys.of('to', versionId));
  } catch (error) {
    const keyFailure = await classifyFailure(versionId, error, task.signal);
    task.failures.met('to', versionId, keyFailure);
    const concerned = keyFailure.reach === 'one' ? { appId: app.id } : { goingTo: versionId };
    if (keyFailure.reach !== 'outage' && task.failures.first(JSON.stringify(concerned)))
      await recordRefusal(task.work.id, concerned, explain(keyFailure.refusal), task.since);
    return undefined;
  }
}
