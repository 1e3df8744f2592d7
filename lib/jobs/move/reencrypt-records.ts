import 'server-only';
import { Refusal } from '../../byok/errors.ts';
import {
  listRecordsUnderOldKeys,
  type RecordPlace,
  type RecordRow,
  recordContext,
  rewriteRecords,
} from '../../db/record-store.ts';
import { EnvelopeError, isDestroyed } from '../../envelope/errors.ts';
import { parseEnvelope } from '../../envelope/format.ts';
import { type OpenResult, openItems } from '../../envelope/open.ts';
import { sealItems } from '../../envelope/seal.ts';
import { cachedSource, type RequestSource } from '../../keyring/keyring.ts';
import { type MoveTask, untilAborted, watchProgress } from './task.ts';

const batch = 200;

type Opened = { record: RecordRow; plaintext: Buffer };
type Pass = { seen: number; rewritten: number; closed: string[] };

/**
 * Stored records are opened and sealed again under their app's fresh data key, compare-and-set per record. Records that
 * do not open are left as they are; every other one is rewritten before that is reported.
 * @throws Refusal `cannot-open` that counts the records which do not open and names the first of them
 */
export async function reencryptRecords(task: MoveTask): Promise<void> {
  const source = cachedSource();
  const progress = watchProgress('The records were changed by somebody else each time they were to be rewritten.');
  for (;;) {
    const pass = await passOver(source, task);
    if (pass.closed.length > 0) throw doNotOpen(pass.closed);
    if (pass.seen === 0) return;
    progress(pass.rewritten);
  }
}

async function passOver(source: RequestSource, task: MoveTask): Promise<Pass> {
  const pass: Pass = { seen: 0, rewritten: 0, closed: [] };
  let after: RecordPlace | undefined;
  for (;;) {
    task.signal.throwIfAborted();
    const records = await listRecordsUnderOldKeys(task.moveId, batch, after);
    after = records.at(-1);
    if (!after) return pass;
    pass.seen += records.length;
    for (const group of Map.groupBy(records, (record) => record.appId).values())
      await untilAborted(reencrypt(source, group, pass), task.signal);
  }
}

/** Records of one app. */
async function reencrypt(source: RequestSource, records: RecordRow[], pass: Pass): Promise<void> {
  const first = records[0];
  if (!first) return;
  const scope = { tenantId: first.tenantId, appId: first.appId };
  const results = await openItems(
    source,
    scope,
    records.map((record) => ({ envelope: record.envelope, context: recordContext(record.id) })),
  );
  const opened: Opened[] = [];
  try {
    for (const [index, record] of records.entries()) {
      const plaintext = plaintextOf(results[index]);
      if (plaintext) opened.push({ record, plaintext });
      else pass.closed.push(record.id);
    }
    pass.rewritten += await sealAgain(source, scope, opened);
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
async function sealAgain(
  source: RequestSource,
  scope: { tenantId: string; appId: string },
  opened: Opened[],
): Promise<number> {
  if (opened.length === 0) return 0;
  const envelopes = await sealItems(
    source,
    scope,
    opened.map(({ record, plaintext }) => ({ plaintext, context: recordContext(record.id) })),
  );
  return rewriteRecords(
    opened.map(({ record }, index) => {
      const envelope = envelopes[index];
      if (!envelope) throw new Error('a record was not sealed');
      return { id: record.id, revision: record.revision, dataKeyId: parseEnvelope(envelope).dataKeyId, envelope };
    }),
  );
}

function doNotOpen(ids: string[]): Refusal {
  const reason =
    ids.length === 1
      ? `Record ${ids[0]} does not open; it is left as it is. Every other record was rewritten.`
      : `${ids.length} records do not open, ${ids[0]} among them; they are left as they are. Every other record was rewritten.`;
  return new Refusal('cannot-open', { details: { reason } });
}
