import { type ErrorCode, Refusal } from '../../byok/errors.ts';
import { findApp } from '../../db/app-store.ts';
import { markIssuedOutside } from '../../db/data-key-store.ts';
import type { EncryptionContext } from '../../envelope/context.ts';
import { parseEnvelope } from '../../envelope/format.ts';
import { sealItems } from '../../envelope/seal.ts';
import { refusalOf } from '../../key-lifecycle/open-records.ts';
import { isStale } from '../../key-lifecycle/stale.ts';
import { cachedSource, type RequestSource } from '../../keyring/keyring.ts';
import { operation } from '../operation.ts';
import { decodeItem, itemsInput } from './items.ts';

export type SealedItem = { envelope: string; stale?: true } | { error: { code: ErrorCode } };

/** Seals data of one app for a service of the vendor's. Each item is answered or refused on its own. */
export const encryptItems = operation({
  name: 'encrypt-items',
  permission: 'items.encrypt',
  input: itemsInput,
  async run({ tenantId, now }, { appId, items }): Promise<{ items: SealedItem[] }> {
    const app = await findApp(tenantId, appId);
    if (!app) throw new Refusal('not-found');
    const good: { index: number; plaintext: Buffer; context: EncryptionContext }[] = [];
    const answers: SealedItem[] = items.map((item, index) => {
      const decoded = decodeItem(item, 'plaintext');
      if (typeof decoded === 'string') return { error: { code: decoded } };
      good.push({ index, plaintext: decoded.bytes, context: decoded.context });
      return { error: { code: 'internal' } };
    });
    if (good.length === 0) return { items: answers };
    const source = cachedSource();
    try {
      const { envelopes, dataKeyId } = await sealForOutside(source, { tenantId, appId }, good);
      const stale = await isStale(tenantId, appId, source.rows.get(dataKeyId), now);
      for (const [at, envelope] of envelopes.entries()) {
        const index = good[at]?.index ?? -1;
        answers[index] = { envelope: envelope.toString('base64'), ...(stale ? { stale } : {}) };
      }
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const { code } = refusalOf(error);
      for (const { index } of good) answers[index] = { error: { code } };
    }
    return { items: answers };
  },
});

type Good = { plaintext: Buffer; context: EncryptionContext }[];

/**
 * Seals, and before anything leaves makes sure that the data key is known to have envelopes outside: then it is never
 * deleted as unused. A key that was deleted in between is replaced by the current one.
 */
async function sealForOutside(source: RequestSource, scope: { tenantId: string; appId: string }, items: Good) {
  for (let attempt = 1; attempt <= 3; attempt++) {
    const envelopes = await sealItems(source, scope, items);
    const first = envelopes[0];
    if (!first) break;
    const dataKeyId = parseEnvelope(first).dataKeyId;
    if (source.rows.get(dataKeyId)?.issuedOutside || (await markIssuedOutside(dataKeyId)))
      return { envelopes, dataKeyId };
  }
  throw new Refusal('conflict');
}
