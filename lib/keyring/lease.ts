import 'server-only';
import { Refusal } from '../byok/errors.ts';
import { type AppScope, type DataKeyRow, findDataKey } from '../db/data-key-store.ts';
import { elapsedMs } from '../envelope/clock.ts';
import { unwrappingSource } from './keyring.ts';
import { countMessages } from './message-count.ts';

/** A data key in the clear, for one of the vendor's services. Whoever gets it wipes `raw`. */
export type LeasedDataKey = {
  row: DataKeyRow;
  raw: Buffer;
  /** How long it may be used from now on: what is left of the tenant's cache time since the wrapping key was asked. */
  leftMs: number;
  providerRequestIds: string[];
};

/** How often a key that was taken away while it was unwrapped is asked for, in all. */
const maxAttempts = 3;

/**
 * Unwraps a data key to be used outside this process, past the cache, so that the customer's log tells of it. The
 * messages are counted before it is handed out. One that was unwrapped under an epoch that has gone by is never handed out.
 * @param asked.dataKeyId absent for the app's current one
 * @returns undefined where this tenant and app have no such data key
 * @throws Refusal where the wrapping key refuses or does not answer
 */
export async function leaseDataKey(
  scope: AppScope,
  asked: { dataKeyId?: string | undefined; messages: number },
): Promise<LeasedDataKey | undefined> {
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const unwrapped = await unwrapOne(scope, asked);
    if (!unwrapped) return undefined;
    const now = await findDataKey(scope, unwrapped.row.id);
    if (now && now.epoch === unwrapped.row.epoch && now.unwrapVersionId === unwrapped.row.unwrapVersionId) {
      const ttlMs = 1_000 * Math.min(now.cacheTtlSeconds, unwrapped.row.cacheTtlSeconds);
      const leftMs = Math.max(0, ttlMs - (elapsedMs() - unwrapped.sentAt));
      return { ...unwrapped, row: now, leftMs };
    }
    unwrapped.raw.fill(0);
  }
  throw new Refusal('unavailable');
}

async function unwrapOne(
  scope: AppScope,
  { dataKeyId, messages }: { dataKeyId?: string | undefined; messages: number },
) {
  const taken: { row: DataKeyRow; raw: Buffer; sentAt: number }[] = [];
  const source = unwrappingSource((row, raw, sentAt) => void taken.push({ row, raw: Buffer.from(raw), sentAt }));
  try {
    if (dataKeyId === undefined) await source.current(scope, messages);
    else if (!(await source.byId(scope, dataKeyId)) || !(await countMessages(dataKeyId, messages))) return undefined;
    const last = taken.pop();
    return last && { ...last, providerRequestIds: source.providerRequestIds };
  } finally {
    for (const { raw } of taken) raw.fill(0);
    source.close();
  }
}
