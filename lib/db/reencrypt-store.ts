import 'server-only';
import { db } from './client.ts';
import type { AppScope } from './data-key-store.ts';

/** An old data key of an app whose records are re-encrypted. */
export type OldDataKey = AppScope & { id: string };

/** What of a record is needed to seal it again. */
export type StoredEnvelope = { id: string; envelope: Buffer; revision: number };

/** Old data keys of a move's apps that are re-encrypted which records hang on, by ID. */
export async function listOldDataKeysWithRecords(moveId: string): Promise<OldDataKey[]> {
  return db().$queryRaw<OldDataKey[]>`
    SELECT d.id, d.tenant_id AS "tenantId", d.app_id AS "appId"
      FROM move_app m JOIN data_key d ON d.app_id = m.app_id
     WHERE m.move_id = ${moveId}::uuid AND m.reencrypt AND d.state = 'old'
       AND EXISTS (SELECT 1 FROM app_record r WHERE r.data_key_id = d.id)
     ORDER BY d.id`;
}

/** Records under one data key, in no order. */
export async function listRecordIds(dataKeyId: string, limit: number): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT id FROM app_record WHERE data_key_id = ${dataKeyId}::uuid LIMIT ${limit}`;
  return rows.map((row) => row.id);
}

/** Of these records, those that still lie under this data key. */
export async function readEnvelopes(dataKeyId: string, ids: string[]): Promise<StoredEnvelope[]> {
  const rows = await db().$queryRaw<{ id: string; envelope: Uint8Array; revision: number }[]>`
    SELECT id, envelope, revision FROM app_record WHERE id = ANY(${ids}::uuid[]) AND data_key_id = ${dataKeyId}::uuid`;
  return rows.map((row) => ({
    ...row,
    envelope: Buffer.from(row.envelope.buffer, row.envelope.byteOffset, row.envelope.length),
  }));
}

/** The first record that a move has left under an old data key. */
export async function findRecordLeft(moveId: string): Promise<string | undefined> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT r.id FROM move_app m JOIN data_key d ON d.app_id = m.app_id JOIN app_record r ON r.data_key_id = d.id
     WHERE m.move_id = ${moveId}::uuid AND m.reencrypt AND d.state = 'old' ORDER BY r.id LIMIT 1`;
  return rows[0]?.id;
}
