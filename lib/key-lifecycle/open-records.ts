import 'server-only';
import { type ErrorCode, Refusal } from '../byok/errors.ts';
import { type RecordRow, readRecords, recordContext } from '../db/record-store.ts';
import { EnvelopeError, isDestroyed } from '../envelope/errors.ts';
import { type OpenResult, openItems } from '../envelope/open.ts';
import type { RequestSource } from '../keyring/keyring.ts';

/**
 * Opens stored records of one app; the results are in the order of the records. Plaintexts are the caller's to wipe.
 * A record that a key transition has sealed again since it was read, and whose old data key has gone, is read again: what is
 * stored now counts.
 */
export async function openRecords(source: RequestSource, records: RecordRow[]): Promise<OpenResult[]> {
  const first = records[0];
  if (!first) return [];
  const scope = { tenantId: first.tenantId, appId: first.appId };
  const results = await openItems(
    source,
    scope,
    records.map((record) => ({ envelope: record.envelope, context: recordContext(record.id) })),
  );
  const closed = records.filter((_, index) => isClosed(results[index]));
  if (closed.length === 0) return results;
  const stored = await readRecords(
    scope,
    closed.map((record) => record.id),
  );
  const known = new Map(closed.map((record) => [record.id, record.revision]));
  const changed = stored.filter((record) => record.revision !== known.get(record.id));
  const again = await openRecords(source, changed);
  for (const [index, result] of again.entries()) {
    const at = records.findIndex((record) => record.id === changed[index]?.id);
    results[at] = result;
  }
  return results;
}

function isClosed(result: OpenResult | undefined): boolean {
  return result?.ok === false && result.error instanceof EnvelopeError && result.error.code === 'cannot-open';
}

/** How a failure to seal or open reads from outside: every cryptographic reason is the same one. */
export function refusalOf(error: Error): { code: ErrorCode; detail: string } {
  if (error instanceof Refusal) {
    const cause = error.details?.cause;
    return { code: error.code, detail: typeof cause === 'string' ? cause : '' };
  }
  // Taken away each time before it could be used, in a revocation or a process that was stopped: it says nothing of the data.
  if (isDestroyed(error)) return { code: 'unavailable', detail: '' };
  if (error instanceof EnvelopeError)
    return { code: error.code === 'bad-context' ? 'invalid-input' : 'cannot-open', detail: '' };
  throw error;
}
