import 'server-only';
import { message } from '../../byok/messages/catalogue.ts';
import { type DataKeyToMove, type IdRange, listDataKeysToMove, recordRefusal } from '../../db/rewrap-store.ts';
import { setPhase } from '../../db/transition-run-store.ts';
import { countDataKeysLeft } from '../../db/transition-store.ts';
import { unwrap, wrapAgain } from '../../keyring/data-keys.ts';
import { writeUses } from '../../keyring/last-use.ts';
import { classifyFailure, explain } from './explain.ts';
import { type Outcome, RewrapWriter } from './rewrap-writer.ts';
import { slicesOf } from './slices.ts';
import { inParallel, type TransitionTask, visitEach, watchProgress } from './task.ts';

/** Read at once; the next so many are read while these are worked on. */
const chunk = 2_000;
/** More than any budget lets through at once, so that it always has something to let through. */
const lanes = 64;

/**
 * Older data keys of a key transition's apps go under what their app belongs to; the data under them is not touched. Each is tried
 * once in a pass; what cannot be moved is recorded with its reason, what is out of reach is left for the next pass.
 * @returns false where other workers are still at it: whoever is last goes on
 */
export async function rewrapDataKeys(task: TransitionTask): Promise<boolean> {
  const { id, dataKeysTotal } = task.work;
  const slices = new Map(slicesOf(dataKeysTotal ?? 0).map((range) => [`rewrap:${id}:${range.from[0]}`, range]));
  const progress = watchProgress(message('data-keys-keep-changing'));
  if ((await countDataKeysLeft(id)).left > 0) await setPhase(id, 'rewrapping');
  for (;;) {
    const writer = new RewrapWriter(task);
    const all = await visitEach(task, [...slices.keys()], async (name) => {
      const range = slices.get(name);
      if (range) await moveSlice(task, range, writer);
    });
    if (!all) return false;
    // What nobody could move has its reason by now. What is left without one was changed by somebody else in between.
    if (task.failures.outage || (await countDataKeysLeft(id)).untried === 0) return true;
    progress(writer.moved);
  }
}

async function moveSlice(task: TransitionTask, range: IdRange, writer: RewrapWriter): Promise<void> {
  const list = (after?: string) => listDataKeysToMove(task.work.id, { range, after, since: task.since, limit: chunk });
  let next = list();
  for (;;) {
    const rows = await next;
    const last = rows.at(-1);
    if (!last) break;
    next = rows.length === chunk ? list(last.id) : Promise.resolve([]);
    // Whoever awaits it hears of its failure; until then it is nobody's.
    next.catch(() => undefined);
    await inParallel(rows, lanes, task.signal, async (row) => {
      const outcome = await moveDataKey(row, task);
      if (outcome) await writer.add(outcome);
    });
  }
  await writer.flush();
  // A version is left at the end: its last use is to be true then.
  await writeUses();
}

/** @returns its new wrapping, why it alone cannot be moved, or nothing where a key that it needs is asked no more */
async function moveDataKey(row: DataKeyToMove, task: TransitionTask): Promise<Outcome | undefined> {
  const { failures, keys } = task;
  const [from, to] = [row.unwrapVersionId, row.appVersionId];
  if (failures.closed('from', from)) return recordIfRefused('from', row, task);
  if (failures.closed('to', to)) return recordIfRefused('to', row, task);
  let plaintext: Buffer;
  try {
    ({ plaintext } = await unwrap(row, keys.of('from', from)));
  } catch (error) {
    return couldNot('from', from, row, task, error);
  }
  try {
    const { wrapped, wrappingKeyId } = await wrapAgain(row, plaintext, keys.of('to', to));
    return { id: row.id, appId: row.appId, revision: row.revision, keyVersionId: to, wrapped, wrappingKeyId };
  } catch (error) {
    return couldNot('to', to, row, task, error);
  } finally {
    plaintext.fill(0);
  }
}

async function couldNot(
  use: 'from' | 'to',
  versionId: string | null,
  row: DataKeyToMove,
  task: TransitionTask,
  error: unknown,
): Promise<Outcome | undefined> {
  const keyFailure = await classifyFailure(versionId, error, task.signal);
  task.failures.met(use, versionId, keyFailure);
  if (keyFailure.reach === 'one') return { id: row.id, revision: row.revision, ...explain(keyFailure.refusal) };
  return recordIfRefused(use, row, task);
}

/** A key that refuses is the reason for everything that needs it, at once; one that is out of reach is none. */
async function recordIfRefused(
  use: 'from' | 'to',
  row: DataKeyToMove,
  { work, failures, since }: TransitionTask,
): Promise<undefined> {
  const keyFailure = failures.closed(use, use === 'from' ? row.unwrapVersionId : row.appVersionId);
  const concerned = use === 'from' ? { wrappedBy: row.keyVersionId } : { goingTo: row.appVersionId };
  if (keyFailure?.reach !== 'refused' || !failures.first(JSON.stringify(concerned))) return;
  await recordRefusal(work.id, concerned, explain(keyFailure.refusal), since);
}
