import 'server-only';
import { Refusal } from '../../byok/errors.ts';
import { setPhase } from '../../db/move-store.ts';
import { recordContext, rewriteRecords } from '../../db/record-store.ts';
import {
  listOldDataKeysWithRecords,
  listRecordIds,
  type OldDataKey,
  readEnvelopes,
  type StoredEnvelope,
} from '../../db/reencrypt-store.ts';
import { EnvelopeError, isDestroyed } from '../../envelope/errors.ts';
import { parseEnvelope } from '../../envelope/format.ts';
import { type OpenResult, openItems } from '../../envelope/open.ts';
import { sealItems } from '../../envelope/seal.ts';
import { cachedSource, type RequestSource } from '../../keyring/keyring.ts';
import { judgeFailure } from './explain.ts';
import { goOn, type MoveTask, untilAborted, visitEach, watchProgress } from './task.ts';

/** Record IDs read at once. */
const chunk = 20_000;
/** Records opened, sealed and written together; the next so many are read meanwhile. */
const batch = 500;

/** `stuck`: of those seen, how many do not open; a later pass may see more that were changed in between. */
type Pass = { rewritten: number; stuck: number; beaten: number };

/**
 * Stored records are opened and sealed again under their app's fresh data key, compare-and-set per record. Records that
 * do not open are left as they are; every other one is rewritten before that is said.
 * @returns false where other workers are still at it: whoever is last goes on
 */
export async function reencryptRecords(task: MoveTask): Promise<boolean> {
  const { id } = task.work;
  const source = cachedSource();
  const progress = watchProgress('The records were changed by somebody else each time they were to be rewritten.');
  for (;;) {
    const keys = new Map((await listOldDataKeysWithRecords(id)).map((key) => [`reencrypt:${key.id}`, key]));
    if (keys.size === 0) return true;
    await setPhase(id, 'reencrypting');
    const pass: Pass = { rewritten: 0, stuck: 0, beaten: 0 };
    const all = await visitEach(task, [...keys.keys()], async (name) => {
      const key = keys.get(name);
      if (key) await reencryptUnder(key, { task, source, pass });
    });
    if (!all) return false;
    if (task.trouble.outage) throw task.trouble.outage;
    if (pass.beaten === 0) return true;
    progress(pass.rewritten);
  }
}

type Work = { task: MoveTask; source: RequestSource; pass: Pass };

/** All records under one old data key. */
async function reencryptUnder(key: OldDataKey, work: Work): Promise<void> {
  const { task, pass } = work;
  const stays = new Set<string>();
  for (;;) {
    const listed = await listRecordIds(key.id, chunk + stays.size);
    const ids = listed.filter((id) => !stays.has(id));
    if (ids.length === 0) return;
    let next = readEnvelopes(key.id, ids.slice(0, batch));
    for (let done = batch; ; done += batch) {
      const records = await next;
      next = readEnvelopes(key.id, ids.slice(done, done + batch));
      next.catch(() => undefined);
      const outcome = await reencrypt(key, records, work);
      if (outcome === 'unusable') return;
      for (const id of outcome.stuck) stays.add(id);
      pass.rewritten += outcome.rewritten;
      pass.stuck += outcome.stuck.length;
      const beaten = records.length - outcome.rewritten - outcome.stuck.length;
      pass.beaten += beaten;
      // Which of them were changed by somebody else is not known: the next pass looks at all of them again.
      if (beaten > 0) for (const record of records) stays.add(record.id);
      await goOn(task);
      if (done >= ids.length) break;
    }
  }
}

/** @returns `unusable` where a data key cannot be had: what that means is noted, and nothing can be done for its records */
async function reencrypt(
  key: OldDataKey,
  records: StoredEnvelope[],
  { task, source }: Work,
): Promise<{ rewritten: number; stuck: string[] } | 'unusable'> {
  const items = records.map((record) => ({ envelope: record.envelope, context: recordContext(record.id) }));
  const results = await untilAborted(openItems(source, key, items), task.signal);
  const opened: { record: StoredEnvelope; plaintext: Buffer }[] = [];
  const stuck: string[] = [];
  try {
    for (const [index, record] of records.entries()) {
      const plaintext = plaintextOf(results[index]);
      if (plaintext) opened.push({ record, plaintext });
      else stuck.push(record.id);
    }
    const plaintexts = opened.map(({ record, plaintext }) => ({ plaintext, context: recordContext(record.id) }));
    const envelopes = await untilAborted(sealItems(source, key, plaintexts), task.signal);
    return {
      rewritten: await rewrite(
        opened.map(({ record }) => record),
        envelopes,
      ),
      stuck,
    };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // Its health was written down by whoever called the key; a refusal of another kind is thrown on.
    const judged = await judgeFailure(null, error, task.signal);
    task.trouble.met('from', key.id, { ...judged, verdict: judged.verdict === 'outage' ? 'outage' : 'one' });
    return 'unusable';
  } finally {
    for (const result of results) if (result.ok) result.plaintext.fill(0);
  }
}

/**
 * @returns undefined for a record that does not open, whoever tries
 * @throws what kept its data key from being unwrapped: that says nothing about the record
 */
function plaintextOf(result: OpenResult | undefined): Buffer | undefined {
  if (result?.ok) return result.plaintext;
  if (result?.error instanceof EnvelopeError && !isDestroyed(result.error)) return undefined;
  throw result?.error ?? new Error('a record was not looked at');
}

/** @returns how many were rewritten; the others were changed by somebody else meanwhile */
async function rewrite(records: StoredEnvelope[], envelopes: Buffer[]): Promise<number> {
  const first = envelopes[0];
  if (!first) return 0;
  // Sealed together, so all under the one data key that was the current one.
  const { dataKeyId } = parseEnvelope(first);
  return rewriteRecords(
    dataKeyId,
    records.map(({ id, revision }, index) => {
      const envelope = envelopes[index];
      if (!envelope) throw new Error('a record was not sealed');
      return { id, revision, envelope };
    }),
  );
}
