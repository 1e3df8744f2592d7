import 'server-only';
import type { Health } from '../byok/health.ts';
import type { Tx } from './client.ts';
import { db } from './client.ts';
import { databaseNow } from './database-clock.ts';
import { Prisma } from './generated/client.ts';

export type AppScope = { tenantId: string; appId: string };

/** A wrapped data key with what is needed to unwrap it and to know how long the result may serve. */
export type DataKeyRow = AppScope & {
  id: string;
  state: 'current' | 'old';
  /** What new data keys of its app are wrapped by: where that is another wrapping, a fresh data key is due. */
  appVersionId: string | null;
  /** What wraps it: null is the platform key. */
  keyVersionId: string | null;
  /**
   * With whose credentials it is unwrapped. A wrapping belongs to a CMK: where the enterprise key's current version names
   * the same one, that is the current version. Epoch and health are this version's.
   */
  unwrapVersionId: string | null;
  wrapped: Buffer;
  wrappingKeyId: string;
  checkValue: Buffer;
  revision: number;
  issuedOutside: boolean;
  /** 0 for the platform key. */
  epoch: number;
  health: Health | null;
  cacheTtlSeconds: number;
};

export type NewDataKey = AppScope & {
  id: string;
  keyVersionId: string | null;
  wrapped: Uint8Array;
  wrappingKeyId: string;
  checkValue: Uint8Array;
};

type Raw = Omit<DataKeyRow, 'wrapped' | 'checkValue'> & { wrapped: Uint8Array; checkValue: Uint8Array };

/** Of the current version of v's enterprise key, where it names the same CMK as v: the same name of the same provider. */
const ofCurrentVersion = (column: 'id' | 'epoch' | 'health') => Prisma.sql`
  (SELECT c.${Prisma.raw(column)} FROM enterprise_key k JOIN key_version c ON c.id = k.current_version_id
    WHERE k.id = v.key_id AND c.provider = v.provider AND c.pinned_key_ref = v.pinned_key_ref)`;

/** Of data_key d, app a, tenant t and key_version v: what a Raw has. */
const columns = Prisma.sql`
  d.id, d.tenant_id AS "tenantId", d.app_id AS "appId", d.state::text AS state, a.key_version_id AS "appVersionId", d.key_version_id AS "keyVersionId",
  d.wrapped, d.wrapping_key_id AS "wrappingKeyId", d.check_value AS "checkValue", d.revision,
  d.issued_outside_at IS NOT NULL AS "issuedOutside", coalesce(${ofCurrentVersion('id')}, v.id) AS "unwrapVersionId",
  coalesce(${ofCurrentVersion('epoch')}, v.epoch, 0) AS epoch, coalesce(${ofCurrentVersion('health')}, v.health)::text AS health,
  t.cache_ttl_seconds AS "cacheTtlSeconds"`;

export async function findCurrentDataKey(scope: AppScope): Promise<DataKeyRow | undefined> {
  const rows = await db().$queryRaw<Raw[]>`
    SELECT ${columns}
      FROM data_key d JOIN app a ON a.id = d.app_id JOIN tenant t ON t.id = d.tenant_id
           LEFT JOIN key_version v ON v.id = d.key_version_id
     WHERE d.app_id = ${scope.appId}::uuid AND d.tenant_id = ${scope.tenantId}::uuid AND d.state = 'current'`;
  return rows[0] && toRow(rows[0]);
}

/** A data key by its ID *and* its app *and* its tenant: one of another app or tenant is not found. */
export async function findDataKey(scope: AppScope, id: string): Promise<DataKeyRow | undefined> {
  const rows = await db().$queryRaw<Raw[]>`
    SELECT ${columns}
      FROM data_key d JOIN app a ON a.id = d.app_id JOIN tenant t ON t.id = d.tenant_id
           LEFT JOIN key_version v ON v.id = d.key_version_id
     WHERE d.id = ${id}::uuid AND d.app_id = ${scope.appId}::uuid AND d.tenant_id = ${scope.tenantId}::uuid`;
  return rows[0] && toRow(rows[0]);
}

/**
 * Makes `key` the app's current data key, and its wrapping the one that the app belongs to from now on.
 * The caller has read the wrapped key back before. Compare-and-set on what the app belonged to.
 * @returns false where somebody else changed that first; nothing is written then
 */
export async function putCurrentDataKey(
  tx: Tx,
  key: NewDataKey,
  expected: { keyVersionId: string | null; currentId: string | null },
): Promise<boolean> {
  // NO KEY: a record that is being stored holds its data key and refers to its app; it ends first, and neither waits for ever.
  const app = await tx.$queryRaw<{ keyVersionId: string | null }[]>`
    SELECT key_version_id AS "keyVersionId" FROM app
     WHERE id = ${key.appId}::uuid AND tenant_id = ${key.tenantId}::uuid FOR NO KEY UPDATE`;
  if (app.length === 0 || app[0]?.keyVersionId !== expected.keyVersionId) return false;
  const current = await tx.dataKey.findFirst({ where: { appId: key.appId, state: 'current' }, select: { id: true } });
  if ((current?.id ?? null) !== expected.currentId) return false;
  await tx.dataKey.updateMany({ where: { appId: key.appId, state: 'current' }, data: { state: 'old' } });
  await tx.dataKey.create({
    data: {
      ...key,
      wrapped: new Uint8Array(key.wrapped),
      checkValue: new Uint8Array(key.checkValue),
      state: 'current',
      createdAt: databaseNow(),
    },
  });
  if (key.keyVersionId !== expected.keyVersionId) {
    await tx.app.update({ where: { id: key.appId }, data: { keyVersionId: key.keyVersionId } });
  }
  return true;
}

/** Adds to the messages counted as sealed under this key. @returns false where the key is gone */
export async function reserveMessages(id: string, messages: number): Promise<boolean> {
  const touched = await db().$executeRaw`UPDATE data_key SET messages = messages + ${messages} WHERE id = ${id}::uuid`;
  return touched === 1;
}

/** Remembers that an envelope under this key is about to leave. @returns false where the key is gone: seal again */
export async function markIssuedOutside(id: string): Promise<boolean> {
  const touched = await db().$executeRaw`
    UPDATE data_key SET issued_outside_at = coalesce(issued_outside_at, now()) WHERE id = ${id}::uuid`;
  return touched === 1;
}

/**
 * Deletes the old data keys of a key transition's apps that nothing hangs on any more: no record, and no envelope that ever left.
 * The foreign key from records refuses the rest, whatever happens at the same moment.
 */
export async function deleteUnusedDataKeys(transitionId: string): Promise<number> {
  return db().$executeRaw`
    DELETE FROM data_key d USING key_transition_app m
     WHERE m.transition_id = ${transitionId}::uuid AND m.app_id = d.app_id AND d.state = 'old'
       AND d.issued_outside_at IS NULL AND NOT EXISTS (SELECT 1 FROM app_record r WHERE r.data_key_id = d.id)`;
}

function toRow(raw: Raw): DataKeyRow {
  return { ...raw, wrapped: Buffer.from(raw.wrapped), checkValue: Buffer.from(raw.checkValue) };
}
