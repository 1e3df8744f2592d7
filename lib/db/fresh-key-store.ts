import 'server-only';
import { transaction } from './client.ts';
import type { NewDataKey } from './data-key-store.ts';

/** A data key for an app that still belongs to what it was made under, and still has `currentId` as its current one. */
export type FreshDataKey = NewDataKey & { currentId: string | null };

/**
 * Makes each key its app's current data key, compare-and-set per app. The caller has read the wrapped keys back before.
 * @returns of how many apps; somebody else was first with the others, and nothing is written for those
 */
export function putFreshDataKeys(keys: FreshDataKey[]): Promise<number> {
  const appIds = keys.map((key) => key.appId);
  return transaction(async (tx) => {
    // In the order in which anybody else takes several apps. NO KEY: a record that is being stored refers to its app.
    const held = await tx.$queryRaw<{ id: string }[]>`
      SELECT a.id FROM app a
        JOIN unnest(${appIds}::uuid[], ${keys.map((key) => key.tenantId)}::uuid[], ${keys.map((key) => key.keyVersionId)}::uuid[])
             AS n(app_id, tenant_id, key_version_id) ON n.app_id = a.id
       WHERE a.tenant_id = n.tenant_id AND a.key_version_id IS NOT DISTINCT FROM n.key_version_id
       ORDER BY a.id FOR NO KEY UPDATE OF a`;
    const ids = new Set(held.map((app) => app.id));
    const mine = keys.filter((key) => ids.has(key.appId));
    const replaced = mine.flatMap((key) => key.currentId ?? []);
    await tx.$executeRaw`UPDATE data_key SET state = 'old' WHERE id = ANY(${replaced}::uuid[]) AND state = 'current'`;
    // Where another one is the current key by now, it is left alone, and so is its app.
    return tx.$executeRaw`
      INSERT INTO data_key (id, tenant_id, app_id, state, key_version_id, wrapped, wrapping_key_id, check_value)
      SELECT n.id, n.tenant_id, n.app_id, 'current', n.key_version_id, n.wrapped, n.wrapping_key_id, n.check_value
        FROM unnest(${mine.map((key) => key.id)}::uuid[], ${mine.map((key) => key.tenantId)}::uuid[], ${mine.map((key) => key.appId)}::uuid[],
                    ${mine.map((key) => key.keyVersionId)}::uuid[], ${mine.map((key) => new Uint8Array(key.wrapped))}::bytea[],
                    ${mine.map((key) => key.wrappingKeyId)}::text[], ${mine.map((key) => new Uint8Array(key.checkValue))}::bytea[])
             AS n(id, tenant_id, app_id, key_version_id, wrapped, wrapping_key_id, check_value)
       WHERE NOT EXISTS (SELECT 1 FROM data_key c WHERE c.app_id = n.app_id AND c.state = 'current')`;
  });
}
