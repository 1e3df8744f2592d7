import 'server-only';
import { type AppScope, findCurrentDataKey, findDataKey, markIssuedOutside } from '../db/data-key-store.ts';
import type { DataKey } from '../envelope/data-key.ts';
import { cachedSource } from '../keyring/keyring.ts';
import { isStale } from '../operations/parts/stale.ts';

/**
 * A data key that is in memory, with what an answer says of it. The key itself answers `destroyed` as soon as its copy is
 * dropped or its time is over, whatever is remembered here.
 */
export type WarmKey = { key: DataKey; stale: boolean };

/**
 * The app's data key for new data. It is known to have envelopes outside before any is sealed under it: so it is never deleted
 * as unused, and what is sealed under it a moment after it has been replaced can be read like everything before.
 * @returns null where there is none that could serve without asking
 */
export async function sealingKey(scope: AppScope): Promise<WarmKey | null> {
  const row = await findCurrentDataKey(scope);
  // Each use is to ask the wrapping key.
  if (!row || row.cacheTtlSeconds === 0) return null;
  const source = cachedSource();
  // No message yet: each is counted when it is sealed.
  const key = await source.current(scope, 0);
  const served = source.rows.get(key.id);
  if (!served) return null;
  if (!served.issuedOutside && !(await markIssuedOutside(key.id))) return null;
  return { key, stale: (await isStale(scope.tenantId, scope.appId, served, new Date())) === true };
}

/** A data key of exactly this tenant and app. @returns null where there is none that could serve without asking */
export async function openingKey(scope: AppScope, dataKeyId: string): Promise<WarmKey | null> {
  const row = await findDataKey(scope, dataKeyId);
  if (!row || row.cacheTtlSeconds === 0) return null;
  const source = cachedSource();
  const key = await source.byId(scope, dataKeyId);
  const served = source.rows.get(dataKeyId);
  if (!key || !served) return null;
  return { key, stale: (await isStale(scope.tenantId, scope.appId, served, new Date())) === true };
}
