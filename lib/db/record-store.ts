import 'server-only';
import { pack, writeBulk } from './bulk.ts';
import { db } from './client.ts';
import type { AppScope } from './data-key-store.ts';

export type RecordKind = 'message' | 'authorization-profile';

export type RecordRow = AppScope & {
  id: string;
  kind: RecordKind;
  name: string;
  dataKeyId: string;
  envelope: Buffer;
  revision: number;
  createdAt: Date;
};

export type NewRecord = Omit<RecordRow, 'revision' | 'envelope'> & { envelope: Uint8Array };

/** The context that every stored envelope is bound to: table, column and record. */
export function recordContext(recordId: string): Record<string, string> {
  return { table: 'app_record', column: 'envelope', record: recordId };
}

/**
 * Stores records whose data key is still the current one of its app. The data key's row is shared for the moment, so
 * that it cannot be replaced in between: what is stored lies under the current key, or is not stored.
 * @returns how many were stored; fewer than given means the data key was replaced meanwhile: seal those again
 */
export async function insertRecords(records: NewRecord[]): Promise<number> {
  return db().$executeRaw`
    INSERT INTO app_record (id, tenant_id, app_id, kind, name, data_key_id, envelope, created_at)
    SELECT n.id, n.tenant_id, n.app_id, n.kind::record_kind, n.name, n.data_key_id, n.envelope, n.created_at
      FROM unnest(${records.map((r) => r.id)}::uuid[], ${records.map((r) => r.tenantId)}::uuid[], ${records.map((r) => r.appId)}::uuid[],
                  ${records.map((r) => r.kind)}::text[], ${records.map((r) => r.name)}::text[], ${records.map((r) => r.dataKeyId)}::uuid[],
                  ${records.map((r) => toBytes(r.envelope))}::bytea[], ${records.map((r) => r.createdAt)}::timestamptz[])
           AS n(id, tenant_id, app_id, kind, name, data_key_id, envelope, created_at)
      JOIN data_key d ON d.id = n.data_key_id AND d.state = 'current'
       FOR SHARE OF d`;
}

type Raw = Omit<RecordRow, 'envelope'> & { envelope: Uint8Array };

/** Compare-and-set per record, all to one data key, in one statement. @returns how many were rewritten */
export async function rewriteRecords(
  dataKeyId: string,
  changes: { id: string; revision: number; envelope: Uint8Array }[],
): Promise<number> {
  const { bytes, starts, lengths } = pack(changes.map((change) => change.envelope));
  return writeBulk(
    'rewrite-records',
    `UPDATE app_record r SET data_key_id = $1::uuid, envelope = substring($2::bytea FROM n.start FOR n.length), revision = r.revision + 1
       FROM unnest($3::uuid[], $4::int[], $5::int[], $6::int[]) AS n(id, revision, start, length)
      WHERE r.id = n.id AND r.revision = n.revision`,
    [dataKeyId, bytes, changes.map((change) => change.id), changes.map((change) => change.revision), starts, lengths],
  );
}

export async function listRecentRecords(scope: AppScope, limit: number): Promise<RecordRow[]> {
  const rows = await db().appRecord.findMany({
    where: { ...scope, kind: 'message' },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    take: limit,
  });
  return rows.map((row) => toRow({ ...row, kind: 'message' }));
}

/** Records of one app as they are stored now. */
export async function readRecords(scope: AppScope, ids: string[]): Promise<RecordRow[]> {
  const rows = await db().appRecord.findMany({ where: { ...scope, id: { in: ids } } });
  return rows.map((row) => toRow({ ...row, kind: row.kind === 'message' ? 'message' : 'authorization-profile' }));
}

export async function findProfile(tenantId: string, id: string): Promise<RecordRow | undefined> {
  const row = await db().appRecord.findFirst({ where: { id, tenantId, kind: 'authorization_profile' } });
  return row ? toRow({ ...row, kind: 'authorization-profile' }) : undefined;
}

export async function listProfiles(
  tenantId: string,
): Promise<{ id: string; appId: string; appName: string; name: string }[]> {
  const rows = await db().appRecord.findMany({
    where: { tenantId, kind: 'authorization_profile' },
    select: { id: true, appId: true, name: true, app: { select: { name: true } } },
    orderBy: [{ name: 'asc' }],
  });
  return rows.map((row) => ({ id: row.id, appId: row.appId, appName: row.app.name, name: row.name }));
}

function toRow(raw: Raw): RecordRow {
  return { ...raw, envelope: Buffer.from(raw.envelope) };
}

function toBytes(value: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(value);
}
