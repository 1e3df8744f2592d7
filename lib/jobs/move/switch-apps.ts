import 'server-only';
import { listAppsToSwitch } from '../../db/app-store.ts';
import { transaction } from '../../db/client.ts';
import { findCurrentDataKey, putCurrentDataKey } from '../../db/data-key-store.ts';
import { setTotals } from '../../db/move-store.ts';
import { recordRefusal } from '../../db/rewrap-store.ts';
import { newDataKey } from '../../keyring/data-keys.ts';
import { explain, judgeFailure } from './explain.ts';
import { pacedKey } from './paced-key.ts';
import { inParallel, type MoveTask, watchProgress } from './task.ts';

const width = 8;

type App = Awaited<ReturnType<typeof listAppsToSwitch>>[number];

/**
 * A fresh data key for every app of a move, born under what the app belongs to. Whoever writes before makes it himself.
 * Where the key refuses, what the app has already is recorded as left behind.
 * @throws Refusal when a key is out of reach: once it answers, the move goes on
 */
export async function switchApps(task: MoveTask): Promise<void> {
  const progress = watchProgress('The apps were changed by somebody else each time they were to be switched.');
  const refused = new Set<string>();
  for (;;) {
    const apps = (await listAppsToSwitch(task.work.id)).filter(
      (app) => !refused.has(app.id) && !task.trouble.closed('to', app.keyVersionId),
    );
    if (apps.length === 0) break;
    let moved = 0;
    await inParallel(apps, width, task.signal, async (app) => {
      const outcome = await switchApp(app, task);
      if (outcome === 'refused') refused.add(app.id);
      if (outcome !== 'beaten') moved++;
    });
    progress(moved);
  }
  if (task.trouble.outage) throw task.trouble.outage;
  // From here on nothing can be added to what is left: that is how much there is in all.
  await setTotals(task.work.id);
}

/** @returns `beaten` where somebody else was first: what they did is looked at when the list is asked for again */
async function switchApp(app: App, task: MoveTask): Promise<'switched' | 'beaten' | 'refused'> {
  const scope = { tenantId: app.tenantId, appId: app.id };
  const versionId = app.keyVersionId;
  const current = await findCurrentDataKey(scope);
  const provider = pacedKey(versionId, task.signal, () => task.trouble.closed('to', versionId)?.refusal);
  try {
    const key = await newDataKey(scope, versionId, provider);
    const expected = { keyVersionId: versionId, currentId: current?.id ?? null };
    return (await transaction((tx) => putCurrentDataKey(tx, key, expected))) ? 'switched' : 'beaten';
  } catch (error) {
    const judged = await judgeFailure(versionId, error, task.signal);
    task.trouble.met('to', versionId, judged);
    const concerned = judged.verdict === 'one' ? { appId: app.id } : { goingTo: versionId };
    const when = { since: task.since, at: new Date() };
    if (judged.verdict !== 'outage' && task.trouble.first(JSON.stringify(concerned)))
      await recordRefusal(task.work.id, concerned, explain(judged.refusal), when);
    return 'refused';
  }
}
