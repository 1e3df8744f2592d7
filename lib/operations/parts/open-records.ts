import 'server-only';
import { type ErrorCode, Refusal } from '../../byok/errors.ts';
import { type RecordRow, recordContext } from '../../db/record-store.ts';
import { EnvelopeError, isDestroyed } from '../../envelope/errors.ts';
import { type OpenResult, openItems } from '../../envelope/open.ts';
import type { RequestSource } from '../../keyring/keyring.ts';

/** Opens stored records of one app; the results are in the order of the records. Plaintexts are the caller's to wipe. */
export function openRecords(source: RequestSource, records: RecordRow[]): Promise<OpenResult[]> {
  const first = records[0];
  if (!first) return Promise.resolve([]);
  return openItems(
    source,
    { tenantId: first.tenantId, appId: first.appId },
    records.map((record) => ({ envelope: record.envelope, context: recordContext(record.id) })),
  );
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
