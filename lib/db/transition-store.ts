import 'server-only';
import { type Connection, describeConnection, storedConnection } from '../byok/connection.ts';
import { type Message, storedMessage } from '../byok/messages/message.ts';
import type { Progress, TransitionKind, TransitionView } from '../byok/transition-views.ts';
import type { Tx } from './client.ts';
import { db } from './client.ts';
import { databaseNow } from './database-clock.ts';
import { Prisma } from './generated/client.ts';

const include = {
  configuration: true,
  version: true,
  tenant: true,
  key: true,
} as const satisfies Prisma.TransitionInclude;

export type TransitionWork = Prisma.TransitionGetPayload<{ include: typeof include }>;

/** Prisma's name of a kind is the same word with an underscore. */
export const toTransitionKind = (kind: TransitionWork['kind']): TransitionKind =>
  kind === 'select_apps' ? 'select-apps' : kind;
const fromTransitionKind = (kind: TransitionKind): TransitionWork['kind'] =>
  kind === 'select-apps' ? 'select_apps' : kind;

export type NewTransition = {
  tenantId: string;
  keyId: string | null;
  kind: TransitionKind;
  configurationId?: string;
  versionId?: string;
  requestedBy: string;
  cause?: 'request' | 'date' | 'age' | 'volume';
  dueAt: Date;
};

/**
 * A new transition. Whatever transition of the same key is under way is superseded by it, a rekey apart: what that one still had to
 * do, this one finds to be done.
 */
export async function insertTransition(tx: Tx, transition: NewTransition): Promise<string> {
  if (transition.keyId !== null && transition.kind !== 'rekey') await cancelTransitions(tx, transition.keyId);
  const data = { ...transition, kind: fromTransitionKind(transition.kind), createdAt: databaseNow() };
  const row = await tx.transition.create({ data, select: { id: true } });
  return row.id;
}

export async function cancelTransitions(tx: Tx, keyId: string): Promise<void> {
  const open = { keyId, finishedAt: null, cancelledAt: null, kind: { not: 'rekey' as const } };
  await tx.dataKeyFailure.deleteMany({ where: { transition: open } });
  await tx.transition.updateMany({ where: open, data: { cancelledAt: databaseNow() } });
}

/**
 * From this transaction on the apps belong to `versionId` (null: the platform key): whoever writes next gets a fresh data
 * key under it. What each app had until then is remembered as what the transition has to take along.
 */
export async function beginTransition(
  tx: Tx,
  transitionId: string,
  apps: { ids: string[]; versionId: string | null; reencrypt: boolean },
): Promise<void> {
  // In the order in which anybody else takes several apps; NO KEY lets records be stored meanwhile.
  await tx.$executeRaw`SELECT 1 FROM app WHERE id = ANY(${apps.ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
  await tx.$executeRaw`
    INSERT INTO key_transition_app (transition_id, app_id, from_data_key_id, reencrypt)
    SELECT ${transitionId}::uuid, a.id, d.id,
           -- What a superseded transition had still to re-encrypt stays to be done, unless all goes back to the platform key.
           ${apps.reencrypt} OR (${apps.versionId}::uuid IS NOT NULL AND coalesce((
             SELECT o.reencrypt AND m.cancelled_at IS NOT NULL FROM key_transition_app o JOIN key_transition m ON m.id = o.transition_id
              WHERE o.app_id = a.id AND o.transition_id <> ${transitionId}::uuid AND m.kind <> 'rekey'
              ORDER BY m.created_at DESC LIMIT 1), false))
      FROM app a LEFT JOIN data_key d ON d.app_id = a.id AND d.state = 'current'
     WHERE a.id = ANY(${apps.ids}::uuid[])`;
  await tx.$executeRaw`
    UPDATE app SET key_version_id = ${apps.versionId}::uuid
     WHERE id = ANY(${apps.ids}::uuid[]) AND key_version_id IS DISTINCT FROM ${apps.versionId}::uuid`;
  await tx.$executeRaw`
    UPDATE key_transition SET phase = 'switching', started_at = coalesce(started_at, now()), failure_code = NULL, failure_message = NULL, failure_detail = NULL, next_try_at = NULL
     WHERE id = ${transitionId}::uuid`;
}

export async function findTransition(id: string): Promise<TransitionWork | undefined> {
  return (await db().transition.findUnique({ where: { id }, include })) ?? undefined;
}

/** Transitions whose time has come and that are neither over, cancelled nor paused, whoever is working on them. */
export async function listDueTransitions(): Promise<string[]> {
  const rows = await db().$queryRaw<
    { id: string }[]
  >`SELECT id FROM key_transition WHERE ${isDue} ORDER BY due_at LIMIT 100`;
  return rows.map((row) => row.id);
}

/** Whether a key transition is one of those, at this moment. */
export async function isTransitionDue(id: string): Promise<boolean> {
  const rows = await db().$queryRaw<object[]>`SELECT 1 FROM key_transition WHERE id = ${id}::uuid AND ${isDue}`;
  return rows.length === 1;
}

/** By the database's clock: whatever a process believes that the time is, nothing begins early. */
const isDue = Prisma.sql`finished_at IS NULL AND cancelled_at IS NULL AND paused_at IS NULL AND due_at <= now()
  AND (next_try_at IS NULL OR next_try_at <= now())`;

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

export type TransitionCounts = { apps: TransitionView['apps']; dataKeys: Progress; records: Progress };

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

/** Data keys that a key transition has still to take along; `untried` has no reason why it was not. Says nothing of records, and so is quick. */
export async function countDataKeysLeft(
  transitionId: string,
  tx: Tx = db(),
): Promise<{ left: number; untried: number }> {
  const rows = await tx.$queryRaw<{ left: number; untried: number }[]>`
    SELECT count(*)::int AS left, (count(*) FILTER (WHERE f.data_key_id IS NULL))::int AS untried
      FROM key_transition_app m JOIN app a ON a.id = m.app_id JOIN data_key d ON d.app_id = a.id
           LEFT JOIN data_key_failure f ON f.data_key_id = d.id AND f.transition_id = m.transition_id
     WHERE m.transition_id = ${transitionId}::uuid AND d.key_version_id IS DISTINCT FROM a.key_version_id`;
  return rows[0] ?? { left: 0, untried: 0 };
}

/** Progress, counted from the data itself, in one statement, so that it is true at every moment and after any crash. */
export async function countTransition(transitionId: string): Promise<TransitionCounts> {
  const rows = await db().$queryRaw<Counted[]>`
    WITH mine AS MATERIALIZED (
           SELECT s.app_id, s.from_data_key_id, s.reencrypt, a.key_version_id
             FROM key_transition_app s JOIN app a ON a.id = s.app_id WHERE s.transition_id = ${transitionId}::uuid),
         -- A rekey leaves wrappings as they are: whatever else moves the app's data keys counts them.
         misplaced AS MATERIALIZED (
           SELECT d.id FROM mine JOIN data_key d ON d.app_id = mine.app_id
            WHERE d.key_version_id IS DISTINCT FROM mine.key_version_id
              AND (SELECT kind FROM key_transition WHERE id = ${transitionId}::uuid) <> 'rekey')
    SELECT (SELECT count(*)::int FROM mine) AS "appsTotal",
           (SELECT count(*)::int FROM mine JOIN data_key d ON d.app_id = mine.app_id AND d.state = 'current'
             WHERE d.key_version_id IS NOT DISTINCT FROM mine.key_version_id
               AND d.id IS DISTINCT FROM mine.from_data_key_id) AS "appsDone",
           (SELECT count(*)::int FROM misplaced) AS "keysLeft",
           (SELECT count(*)::int FROM data_key_failure f JOIN misplaced d ON d.id = f.data_key_id
             WHERE f.transition_id = ${transitionId}::uuid) AS "keysFailed",
           m.data_keys_total AS "keysTotal",
           CASE WHEN EXISTS (SELECT 1 FROM mine WHERE reencrypt) THEN
             (SELECT count(*)::int FROM mine JOIN data_key d ON d.app_id = mine.app_id JOIN app_record r ON r.data_key_id = d.id
               WHERE mine.reencrypt AND (d.state = 'old' OR d.id = mine.from_data_key_id)) ELSE 0 END AS "recordsLeft",
           m.records_failed AS "recordsFailed", m.records_total AS "recordsTotal"
      FROM key_transition m WHERE m.id = ${transitionId}::uuid`;
  const row = rows[0];
  if (!row) throw new Error(`key transition ${transitionId} does not exist`);
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
export async function hasDueTransition(tenantId: string, appId: string, now = databaseNow()): Promise<boolean> {
  const row = await db().transition.findFirst({
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

export type FailedDataKey = {
  dataKeyId: string;
  appName: string;
  code: string;
  message: Message | null;
  attempts: number;
  lastAt: string;
};

/** Data keys that a key transition could not take along, oldest failure first. */
export async function listFailures(transitionId: string, limit: number): Promise<FailedDataKey[]> {
  const rows = await db().dataKeyFailure.findMany({
    where: { transitionId },
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
