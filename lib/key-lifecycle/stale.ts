import 'server-only';
import type { DataKeyRow } from '../db/data-key-store.ts';
import { hasDueTransition } from '../db/transition-store.ts';

/**
 * Whether what lies under this data key should be sealed again soon: the key is not its app's current one any more, or
 * the enforcement date of a key for this app has come and the app is still waiting for its fresh data key.
 */
export async function isStale(
  tenantId: string,
  appId: string,
  row: DataKeyRow | undefined,
  now: Date,
): Promise<true | undefined> {
  if (!row) return undefined;
  if (isReplaced(row)) return true;
  return (await hasDueTransition(tenantId, appId, now)) ? true : undefined;
}

/** The same as far as the row itself tells. */
export function isReplaced(row: DataKeyRow): boolean {
  return row.state === 'old' || row.keyVersionId !== row.appVersionId;
}
