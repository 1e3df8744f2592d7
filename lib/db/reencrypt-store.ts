import 'server-only';
import { readBulk, toBytes, toInteger, toUuid, uuid, uuids } from './bulk.ts';
import { db } from './client.ts';
import type { AppScope } from './data-key-store.ts';

/** An old data key of an app whose records are re-encrypted. */
export type OldDataKey = AppScope & { id: string };

/** What of a record is needed to seal it again. */
export type StoredEnvelope = { id: string; envelope: Buffer; revision: number };

/** Old data keys of a key transition's apps that are re-encrypted which records hang on, by ID. */
export async function listOldDataKeysWithRecords(transitionId: string): Promise<OldDataKey[]> {
  return db().$queryRaw<OldDataKey[]>`
    SELECT d.id, d.tenant_id AS "tenantId", d.app_id AS "appId"
      FROM key_transition_app m JOIN data_key d ON d.app_id = m.app_id
     WHERE m.transition_id = ${transitionId}::uuid AND m.reencrypt AND d.state = 'old'
       AND EXISTS (SELECT 1 FROM app_record r WHERE r.data_key_id = d.id)
     ORDER BY d.id`;
}

/** Records under one data key, in no order, with the size of each. */
export async function listRecords(dataKeyId: string, limit: number): Promise<{ id: string; bytes: number }[]> {
  return readBulk(
    `SELECT id, octet_length(envelope) FROM app_record WHERE data_key_id = ${uuid(dataKeyId)} LIMIT ${Math.trunc(limit)}`,
    ([id, bytes]) => ({ id: toUuid(id), bytes: toInteger(bytes) }),
  );
}

/** Of these records, those that still lie under this data key. */
export async function readEnvelopes(dataKeyId: string, ids: string[]): Promise<StoredEnvelope[]> {
  if (ids.length === 0) return [];
  return readBulk(
    `SELECT id, envelope, revision FROM app_record WHERE id = ANY(${uuids(ids)}) AND data_key_id = ${uuid(dataKeyId)}`,
    ([id, envelope, revision]) => ({ id: toUuid(id), envelope: toBytes(envelope), revision: toInteger(revision) }),
  );
}

/** The first record that a key transition has left under an old data key. */
export async function findRecordLeft(transitionId: string): Promise<string | undefined> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT r.id FROM key_transition_app m JOIN data_key d ON d.app_id = m.app_id JOIN app_record r ON r.data_key_id = d.id
     WHERE m.transition_id = ${transitionId}::uuid AND m.reencrypt AND d.state = 'old' ORDER BY r.id LIMIT 1`;
  return rows[0]?.id;
}
