import 'server-only';
import { Refusal } from '../../byok/errors.ts';
import { message } from '../../byok/messages/catalogue.ts';
import { recordContext, rewriteRecords } from '../../db/record-store.ts';
import {
  listOldDataKeysWithRecords,
  listRecords,
  type OldDataKey,
  readEnvelopes,
  type StoredEnvelope,
} from '../../db/reencrypt-store.ts';
import { setPhase } from '../../db/transition-run-store.ts';
import { EnvelopeError, isDestroyed } from '../../envelope/errors.ts';
import { parseEnvelope } from '../../envelope/format.ts';
import { type OpenResult, openItems } from '../../envelope/open.ts';
import { type SealItem, sealItems } from '../../envelope/seal.ts';
import { cachedSource, type RequestSource } from '../../keyring/keyring.ts';
import { classifyFailure } from './explain.ts';
import { assertStillRunnable, type TransitionTask, untilAborted, visitEach, watchProgress } from './task.ts';

/** Records listed at once. */
const chunk = 20_000;
/** Records opened and sealed together, while those before are written and those after are read. */
const batch = { records: 1_000, bytes: 4 * 1024 * 1024 };

/** `stuck`: of those seen, how many do not open; a later pass may see more that were changed in between. */
type Pass = { rewritten: number; stuck: number; beaten: number };

/**
 * Stored records are opened and sealed again under their app's fresh data key, compare-and-set per record. Records that
 * do not open are left as they are; every other one is rewritten before that is said.
 * @returns false where other workers are still at it: whoever is last goes on
 */
export async function reencryptRecords(task: TransitionTask): Promise<boolean> {
  const { id } = task.work;
  const source = cachedSource();
  const progress = watchProgress(message('records-keep-changing'));
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
    if (task.failures.outage) throw task.failures.outage;
    if (pass.beaten === 0) return true;
    progress(pass.rewritten);
  }
}

type Work = { task: TransitionTask; source: RequestSource; pass: Pass };

/** All records under one old data key. */
async function reencryptUnder(key: OldDataKey, work: Work): Promise<void> {
  const stays = new Set<string>();
  for (;;) {
    const listed = await listRecords(key.id, chunk + stays.size);
    const batches = batchesOf(listed.filter(({ id }) => !stays.has(id)));
    if (batches.length === 0) return;
    let reading = readEnvelopes(key.id, batches[0] ?? []);
    let writing = Promise.resolve();
    for (const n of batches.keys()) {
      const records = await reading;
      reading = readEnvelopes(key.id, batches[n + 1] ?? []);
      // Whoever awaits it hears of its failure; until then it is nobody's.
      reading.catch(() => undefined);
      const sealed = await sealAgain(key, records, work);
      await writing;
      if (sealed === 'unusable') return;
      writing = write(sealed, stays, work.pass);
      writing.catch(() => undefined);
      await assertStillRunnable(work.task);
    }
    await writing;
  }
}

/** Whatever the records' sizes are, a batch has its place in memory: one record alone may be larger. */
function batchesOf(listed: { id: string; bytes: number }[]): string[][] {
  const batches: string[][] = [];
  let [current, bytes]: [string[], number] = [[], 0];
  for (const record of listed) {
    if (current.length === 0 || current.length === batch.records || bytes + record.bytes > batch.bytes) {
      [current, bytes] = [[], 0];
      batches.push(current);
    }
    current.push(record.id);
    bytes += record.bytes;
  }
  return batches;
}

/** `envelopes` are those of `records`; the `stuck` ones of those that were seen do not open. */
type Sealed = { records: StoredEnvelope[]; envelopes: Buffer[]; stuck: string[] };

/** @returns `unusable` where a data key cannot be had: what that means is noted, and nothing can be done for its records */
async function sealAgain(
  key: OldDataKey,
  seen: StoredEnvelope[],
  { task, source }: Work,
): Promise<Sealed | 'unusable'> {
  const items = seen.map((record) => ({ envelope: record.envelope, context: recordContext(record.id) }));
  const results = await untilAborted(openItems(source, key, items), task.signal);
  const [records, stuck]: [StoredEnvelope[], string[]] = [[], []];
  const opened: SealItem[] = [];
  try {
    for (const [index, record] of seen.entries()) {
      const plaintext = plaintextOf(results[index]);
      if (!plaintext) {
        stuck.push(record.id);
        continue;
      }
      records.push(record);
      opened.push({ plaintext, context: items[index]?.context ?? {} });
    }
    return { records, envelopes: await untilAborted(sealItems(source, key, opened), task.signal), stuck };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // Its health was written down by whoever called the key; a refusal of another kind is thrown on.
    const keyFailure = await classifyFailure(null, error, task.signal);
    task.failures.met('from', key.id, { ...keyFailure, reach: keyFailure.reach === 'outage' ? 'outage' : 'one' });
    return 'unusable';
  } finally {
    for (const result of results) if (result.ok) result.plaintext.fill(0);
  }
}

async function write({ records, envelopes, stuck }: Sealed, stays: Set<string>, pass: Pass): Promise<void> {
  const rewritten = await rewrite(records, envelopes);
  const beaten = records.length - rewritten;
  pass.rewritten += rewritten;
  pass.stuck += stuck.length;
  pass.beaten += beaten;
  for (const id of stuck) stays.add(id);
  // Which of them were changed by somebody else is not known: the next pass looks at all of them again.
  if (beaten > 0) for (const { id } of records) stays.add(id);
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
