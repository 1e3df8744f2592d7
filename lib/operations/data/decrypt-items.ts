import { type ErrorCode, Refusal } from '../../byok/errors.ts';
import { logSummed } from '../../config/log-summed.ts';
import { findApp } from '../../db/app-store.ts';
import type { EncryptionContext } from '../../envelope/context.ts';
import { EnvelopeError } from '../../envelope/errors.ts';
import { openItems } from '../../envelope/open.ts';
import { refusalOf } from '../../key-lifecycle/open-records.ts';
import { isStale } from '../../key-lifecycle/stale.ts';
import { cachedSource } from '../../keyring/keyring.ts';
import { operation } from '../operation.ts';
import { decodeItem, itemsInput } from './items.ts';

export type OpenedItem = { plaintext: string; stale?: true } | { error: { code: ErrorCode } };

/** Opens data of one app for a service of the vendor's. Each item is answered or refused on its own. */
export const decryptItems = operation({
  name: 'decrypt-items',
  permission: 'items.decrypt',
  input: itemsInput,
  async run({ tenantId, now, requestId }, { appId, items }): Promise<{ items: OpenedItem[] }> {
    if (!(await findApp(tenantId, appId))) throw new Refusal('not-found');
    const good: { index: number; envelope: Buffer; context: EncryptionContext }[] = [];
    const answers: OpenedItem[] = items.map((item, index) => {
      const decoded = decodeItem(item, 'envelope');
      if (typeof decoded === 'string') return { error: { code: decoded } };
      good.push({ index, envelope: decoded.bytes, context: decoded.context });
      return { error: { code: 'internal' } };
    });
    const source = cachedSource();
    const results = await openItems(source, { tenantId, appId }, good);
    const stale = new Map<string, true | undefined>();
    for (const [at, result] of results.entries()) {
      const index = good[at]?.index ?? -1;
      if (result.ok) {
        if (!stale.has(result.dataKeyId))
          stale.set(result.dataKeyId, await isStale(tenantId, appId, source.rows.get(result.dataKeyId), now));
        answers[index] = {
          plaintext: result.plaintext.toString('base64'),
          ...(stale.get(result.dataKeyId) ? { stale: true } : {}),
        };
        result.plaintext.fill(0);
      } else {
        const { code } = refusalOf(result.error);
        // What exactly went wrong is for the log only: from outside every failure to decrypt is the same.
        if (code === 'cannot-open') logClosed({ requestId, appId, item: index }, result.error);
        answers[index] = { error: { code } };
      }
    }
    return { items: answers };
  },
});

function logClosed(where: { requestId: string; appId: string; item: number }, error: Error): void {
  const detail = error instanceof EnvelopeError ? error.detail : error.message;
  logSummed('info', { kind: `closed: ${detail}`, message: 'an envelope did not open', ...where, detail });
}
