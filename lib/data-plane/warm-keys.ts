import 'server-only';
import {
  type AppScope,
  type DataKeyRow,
  findCurrentDataKey,
  findDataKey,
  markIssuedOutside,
} from '../db/data-key-store.ts';
import { hasDueTransition } from '../db/transition-store.ts';
import type { DataKey } from '../envelope/data-key.ts';
import { isReplaced } from '../key-lifecycle/stale.ts';
import { cachedSource } from '../keyring/keyring.ts';

/**
 * A data key that is in memory, with what an answer says of it. The key itself answers `destroyed` as soon as its copy is
 * dropped or its time is over, whatever is remembered here.
 */
export type WarmKey = { key: DataKey; stale: boolean };

/**
 * The app's data key for new data. It is known to have envelopes outside before any is sealed under it: so it is never deleted
 * as unused, and what is sealed under it a moment after it has been replaced can be read like everything before.
 * @param wasWarm whether one was warm a moment ago: then copies are allowed, as far as is known
 * @returns null where there is none that could serve without asking
 */
export async function sealingKey(scope: AppScope, wasWarm: boolean): Promise<WarmKey | null> {
  if (!wasWarm && !mayKeep(await findCurrentDataKey(scope))) return null;
  const source = cachedSource();
  // No message yet: each is counted when it is sealed.
  const [key, isDue] = await Promise.all([source.current(scope, 0), isTransitionDue(scope)]);
  const row = source.rows.get(key.id);
  if (!row || !mayKeep(row)) return null;
  if (!row.issuedOutside && !(await markIssuedOutside(key.id))) return null;
  return { key, stale: isReplaced(row) || isDue };
}

/** A data key of exactly this tenant and app. @returns null where there is none that could serve without asking */
export async function openingKey(scope: AppScope, dataKeyId: string, wasWarm: boolean): Promise<WarmKey | null> {
  if (!wasWarm && !mayKeep(await findDataKey(scope, dataKeyId))) return null;
  const source = cachedSource();
  const [key, isDue] = await Promise.all([source.byId(scope, dataKeyId), isTransitionDue(scope)]);
  const row = source.rows.get(dataKeyId);
  return key && row && mayKeep(row) ? { key, stale: isReplaced(row) || isDue } : null;
}

/** Whether a copy may be kept at all: with a cache time of 0 each use is to ask the wrapping key. */
function mayKeep(row: DataKeyRow | undefined): boolean {
  return row !== undefined && row.cacheTtlSeconds > 0;
}

function isTransitionDue({ tenantId, appId }: AppScope): Promise<boolean> {
  return hasDueTransition(tenantId, appId);
}
