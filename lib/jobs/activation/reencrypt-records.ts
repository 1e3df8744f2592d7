import 'server-only';
import { Refusal } from '../../byok/errors.ts';
import { listRecordsUnderOldKeys, type RecordRow, recordContext, rewriteRecords } from '../../db/record-store.ts';
import { parseEnvelope } from '../../envelope/format.ts';
import { openItems } from '../../envelope/open.ts';
import { sealItems } from '../../envelope/seal.ts';
import { cachedSource, type RequestSource } from '../../keyring/keyring.ts';
import type { ActivationTask } from './task.ts';

const batch = 200;

/** Stored records are opened and sealed again under their app's fresh data key, compare-and-set per record. */
export async function reencryptRecords(task: ActivationTask): Promise<void> {
  const source = cachedSource();
  for (;;) {
    task.signal.throwIfAborted();
    const records = await listRecordsUnderOldKeys(task.configurationId, batch);
    if (records.length === 0) return;
    for (const group of Map.groupBy(records, (record) => record.appId).values()) await reencrypt(source, group);
  }
}

async function reencrypt(source: RequestSource, records: RecordRow[]): Promise<void> {
  const first = records[0];
  if (!first) return;
  const scope = { tenantId: first.tenantId, appId: first.appId };
  const opened = await openItems(
    source,
    scope,
    records.map((record) => ({ envelope: record.envelope, context: recordContext(record.id) })),
  );
  const plain = opened.map((result, index) => {
    if (result.ok) return result.plaintext;
    if (result.error instanceof Refusal) throw result.error;
    throw new Refusal('cannot-open', {
      details: { reason: `Record ${records[index]?.id} does not open; it is left as it is.` },
      cause: result.error,
    });
  });
  const sealed = await sealItems(
    source,
    scope,
    records.map((record, index) => ({ plaintext: plain[index] ?? Buffer.alloc(0), context: recordContext(record.id) })),
  );
  await rewriteRecords(
    records.map((record, index) => {
      const envelope = sealed[index] ?? record.envelope;
      return { id: record.id, revision: record.revision, dataKeyId: parseEnvelope(envelope).dataKeyId, envelope };
    }),
  );
  for (const plaintext of plain) plaintext.fill(0);
}
