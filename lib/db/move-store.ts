import 'server-only';
import { type Connection, describeConnection, storedConnection } from '../byok/connection.ts';
import { type Message, storedMessage } from '../byok/messages/message.ts';
import type { MoveKind, MoveView, Progress } from '../byok/move-views.ts';
import type { Tx } from './client.ts';
import { db } from './client.ts';
import { databaseNow } from './database-clock.ts';
import { Prisma } from './generated/client.ts';

const include = {
  configuration: true,
  version: true,
  tenant: true,
  key: true,
} as const satisfies Prisma.MoveInclude;

export type MoveWork = Prisma.MoveGetPayload<{ include: typeof include }>;

/** Prisma's name of a kind is the same word with an underscore. */
export const toMoveKind = (kind: MoveWork['kind']): MoveKind => (kind === 'select_apps' ? 'select-apps' : kind);
const fromMoveKind = (kind: MoveKind): MoveWork['kind'] => (kind === 'select-apps' ? 'select_apps' : kind);

export type NewMove = {
  tenantId: string;
  keyId: string | null;
  kind: MoveKind;
  configurationId?: string;
  versionId?: string;
  requestedBy: string;
  cause?: 'request' | 'date' | 'age' | 'volume';
  dueAt: Date;
};

/**
 * A new move. Whatever move of the same key is under way is superseded by it, a rekey apart: what that one still had to
 * do, this one finds to be done.
 */
export async function insertMove(tx: Tx, move: NewMove): Promise<string> {
  if (move.keyId !== null && move.kind !== 'rekey') await cancelMoves(tx, move.keyId);
  const data = { ...move, kind: fromMoveKind(move.kind), createdAt: databaseNow() };
  const row = await tx.move.create({ data, select: { id: true } });
  return row.id;
}

export async function cancelMoves(tx: Tx, keyId: string): Promise<void> {
  const open = { keyId, finishedAt: null, cancelledAt: null, kind: { not: 'rekey' as const } };
  await tx.dataKeyFailure.deleteMany({ where: { move: open } });
  await tx.move.updateMany({ where: open, data: { cancelledAt: databaseNow() } });
}

/**
 * From this transaction on the apps belong to `versionId` (null: the platform key): whoever writes next gets a fresh data
 * key under it. What each app had until then is remembered as what the move has to take along.
 */
export async function beginMove(
  tx: Tx,
  moveId: string,
  apps: { ids: string[]; versionId: string | null; reencrypt: boolean },
): Promise<void> {
  // In the order in which anybody else takes several apps; NO KEY lets records be stored meanwhile.
  await tx.$executeRaw`SELECT 1 FROM app WHERE id = ANY(${apps.ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
  await tx.$executeRaw`
    INSERT INTO move_app (move_id, app_id, from_data_key_id, reencrypt)
    SELECT ${moveId}::uuid, a.id, d.id,
           -- What a superseded move had still to re-encrypt stays to be done, unless all goes back to the platform key.
           ${apps.reencrypt} OR (${apps.versionId}::uuid IS NOT NULL AND coalesce((
             SELECT o.reencrypt AND m.cancelled_at IS NOT NULL FROM move_app o JOIN move m ON m.id = o.move_id
              WHERE o.app_id = a.id AND o.move_id <> ${moveId}::uuid AND m.kind <> 'rekey'
              ORDER BY m.created_at DESC LIMIT 1), false))
      FROM app a LEFT JOIN data_key d ON d.app_id = a.id AND d.state = 'current'
     WHERE a.id = ANY(${apps.ids}::uuid[])`;
  await tx.$executeRaw`
    UPDATE app SET key_version_id = ${apps.versionId}::uuid
     WHERE id = ANY(${apps.ids}::uuid[]) AND key_version_id IS DISTINCT FROM ${apps.versionId}::uuid`;
  await tx.$executeRaw`
    UPDATE move SET phase = 'switching', started_at = coalesce(started_at, now()), failure_code = NULL, failure_message = NULL, failure_detail = NULL, next_try_at = NULL
     WHERE id = ${moveId}::uuid`;
}

export async function findMove(id: string): Promise<MoveWork | undefined> {
  return (await db().move.findUnique({ where: { id }, include })) ?? undefined;
}

/** Moves whose time has come and that are neither over, cancelled nor paused, whoever is working on them. */
export async function listDueMoves(): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`SELECT id FROM move WHERE ${isDue} ORDER BY due_at LIMIT 100`;
  return rows.map((row) => row.id);
}

/** Whether a move is one of those, at this moment. */
export async function isMoveDue(id: string): Promise<boolean> {
  const rows = await db().$queryRaw<object[]>`SELECT 1 FROM move WHERE id = ${id}::uuid AND ${isDue}`;
  return rows.length === 1;
}

/** By the database's clock: whatever a process believes that the time is, nothing begins early. */
const isDue = Prisma.sql`finished_at IS NULL AND cancelled_at IS NULL AND paused_at IS NULL AND due_at <= now()
  AND (next_try_at IS NULL OR next_try_at <= now())`;

export async function updateMove(id: string, patch: Prisma.MoveUncheckedUpdateInput, tx: Tx = db()): Promise<void> {
  await tx.move.update({ where: { id }, data: patch });
}

export type NewVersion = Omit<
  Prisma.KeyVersionUncheckedCreateInput,
  | 'number'
  | 'id'
  | 'provider'
  | 'authMode'
  | 'connection'
  | 'connectionVersion'
  | 'location'
  | 'keyRef'
  | 'keyRefIsAlias'
> & { connection: Connection };

/** The next key version of a key, which becomes the current one. The caller holds the key's row. */
export async function insertVersion(
  tx: Tx,
  { connection, ...version }: NewVersion,
): Promise<{ id: string; number: number }> {
  const { location, keyName, keyIsAlias } = describeConnection(connection);
  const last = await tx.keyVersion.aggregate({ where: { keyId: version.keyId }, _max: { number: true } });
  const row = await tx.keyVersion.create({
    data: {
      ...version,
      ...storedConnection(connection),
      location,
      keyRef: keyName,
      keyRefIsAlias: keyIsAlias,
      number: (last._max.number ?? 0) + 1,
      createdAt: databaseNow(),
    },
    select: { id: true, number: true },
  });
  await tx.enterpriseKey.update({ where: { id: version.keyId }, data: { currentVersionId: row.id } });
  return row;
}

export type MoveCounts = { apps: MoveView['apps']; dataKeys: Progress; records: Progress };

type Counted = {
  appsTotal: number;
  appsDone: number;
  keysLeft: number;
  keysFailed: number;
  keysTotal: number | null;
  recordsLeft: number;
  recordsFailed: number;
  recordsTotal: number | null;
};

/** Data keys that a move has still to take along; `untried` has no reason why it was not. Says nothing of records, and so is quick. */
export async function countDataKeysLeft(moveId: string, tx: Tx = db()): Promise<{ left: number; untried: number }> {
  const rows = await tx.$queryRaw<{ left: number; untried: number }[]>`
    SELECT count(*)::int AS left, (count(*) FILTER (WHERE f.data_key_id IS NULL))::int AS untried
      FROM move_app m JOIN app a ON a.id = m.app_id JOIN data_key d ON d.app_id = a.id
           LEFT JOIN data_key_failure f ON f.data_key_id = d.id AND f.move_id = m.move_id
     WHERE m.move_id = ${moveId}::uuid AND d.key_version_id IS DISTINCT FROM a.key_version_id`;
  return rows[0] ?? { left: 0, untried: 0 };
}

/** Progress, counted from the data itself, in one statement, so that it is true at every moment and after any crash. */
export async function countMove(moveId: string): Promise<MoveCounts> {
  const rows = await db().$queryRaw<Counted[]>`
    WITH mine AS MATERIALIZED (
           SELECT s.app_id, s.from_data_key_id, s.reencrypt, a.key_version_id
             FROM move_app s JOIN app a ON a.id = s.app_id WHERE s.move_id = ${moveId}::uuid),
         -- A rekey leaves wrappings as they are: whatever else moves the app's data keys counts them.
         misplaced AS MATERIALIZED (
           SELECT d.id FROM mine JOIN data_key d ON d.app_id = mine.app_id
            WHERE d.key_version_id IS DISTINCT FROM mine.key_version_id
              AND (SELECT kind FROM move WHERE id = ${moveId}::uuid) <> 'rekey')
    SELECT (SELECT count(*)::int FROM mine) AS "appsTotal",
           (SELECT count(*)::int FROM mine JOIN data_key d ON d.app_id = mine.app_id AND d.state = 'current'
             WHERE d.key_version_id IS NOT DISTINCT FROM mine.key_version_id
               AND d.id IS DISTINCT FROM mine.from_data_key_id) AS "appsDone",
           (SELECT count(*)::int FROM misplaced) AS "keysLeft",
           (SELECT count(*)::int FROM data_key_failure f JOIN misplaced d ON d.id = f.data_key_id
             WHERE f.move_id = ${moveId}::uuid) AS "keysFailed",
           m.data_keys_total AS "keysTotal",
           CASE WHEN EXISTS (SELECT 1 FROM mine WHERE reencrypt) THEN
             (SELECT count(*)::int FROM mine JOIN data_key d ON d.app_id = mine.app_id JOIN app_record r ON r.data_key_id = d.id
               WHERE mine.reencrypt AND (d.state = 'old' OR d.id = mine.from_data_key_id)) ELSE 0 END AS "recordsLeft",
           m.records_failed AS "recordsFailed", m.records_total AS "recordsTotal"
      FROM move m WHERE m.id = ${moveId}::uuid`;
  const row = rows[0];
  if (!row) throw new Error(`move ${moveId} does not exist`);
  return {
    apps: { total: row.appsTotal, done: row.appsDone },
    dataKeys: progress(row.keysTotal, row.keysLeft, row.keysFailed),
    records: progress(row.recordsTotal, row.recordsLeft, row.recordsFailed),
  };
}

/** @param total as it was when nothing could be added any more; until then what is left is all there is */
function progress(total: number | null, notDone: number, failed: number): Progress {
  const stuck = Math.min(failed, notDone);
  const all = Math.max(total ?? notDone, notDone);
  return { total: all, done: all - notDone, failed: stuck, left: notDone - stuck };
}

/** True while a date that has come has not yet put the app under its key. */
export async function hasDueMove(tenantId: string, appId: string, now = databaseNow()): Promise<boolean> {
  const row = await db().move.findFirst({
    where: {
      tenantId,
      kind: 'activate',
      phase: 'testing',
      finishedAt: null,
      cancelledAt: null,
      dueAt: { lte: now },
      configuration: { apps: { some: { appId } } },
    },
    select: { id: true },
  });
  return row !== null;
}

export type LeftBehind = {
  dataKeyId: string;
  appName: string;
  code: string;
  message: Message | null;
  attempts: number;
  lastAt: string;
};

/** Data keys that a move could not take along, oldest failure first. */
export async function listFailures(moveId: string, limit: number): Promise<LeftBehind[]> {
  const rows = await db().dataKeyFailure.findMany({
    where: { moveId },
    include: { dataKey: { select: { app: { select: { name: true } } } } },
    orderBy: [{ firstAt: 'asc' }, { dataKeyId: 'asc' }],
    take: limit,
  });
  return rows.map(({ dataKeyId, dataKey, code, message, detail, attempts, lastAt }) => ({
    dataKeyId,
    appName: dataKey.app.name,
    code,
    message: storedMessage(message, detail),
    attempts,
    lastAt: lastAt.toISOString(),
  }));
}
