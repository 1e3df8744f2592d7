import 'server-only';
import type { ErrorCode } from '../byok/errors.ts';
import type { Tx } from './client.ts';
import { db } from './client.ts';
import type { Prisma } from './generated/client.ts';

const include = {
  configuration: true,
  version: true,
  key: { include: { tenant: true } },
} as const satisfies Prisma.ActivationInclude;

export type ActivationWork = Prisma.ActivationGetPayload<{ include: typeof include }>;

export async function insertActivation(
  tx: Tx,
  activation: { keyId: string; configurationId: string; dueAt: Date },
): Promise<string> {
  await tx.activation.updateMany({
    where: { keyId: activation.keyId, finishedAt: null, cancelledAt: null },
    data: { cancelledAt: new Date() },
  });
  return (await tx.activation.create({ data: activation, select: { id: true } })).id;
}

export async function findActivation(id: string): Promise<ActivationWork | undefined> {
  return (await db().activation.findUnique({ where: { id }, include })) ?? undefined;
}

/** Activations whose time has come and that have neither ended nor been cancelled, whoever was working on them. */
export async function listDueActivations(now: Date): Promise<string[]> {
  const rows = await db().activation.findMany({
    where: {
      finishedAt: null,
      cancelledAt: null,
      dueAt: { lte: now },
      OR: [{ nextTryAt: null }, { nextTryAt: { lte: now } }],
    },
    select: { id: true },
    orderBy: { dueAt: 'asc' },
    take: 100,
  });
  return rows.map((row) => row.id);
}

export async function updateActivation(
  id: string,
  patch: Prisma.ActivationUncheckedUpdateInput,
  tx: Tx = db(),
): Promise<void> {
  await tx.activation.update({ where: { id }, data: patch });
}

/** @returns false where the activation was cancelled meanwhile, so that its failure concerns nobody any more */
export async function recordActivationFailure(
  id: string,
  failure: { code: ErrorCode; detail: string; nextTryAt: Date },
): Promise<boolean> {
  const changed = await db().activation.updateMany({
    where: { id, finishedAt: null, cancelledAt: null },
    data: {
      failureCode: failure.code,
      failureDetail: failure.detail,
      nextTryAt: failure.nextTryAt,
      attempts: { increment: 1 },
    },
  });
  return changed.count === 1;
}

export type NewVersion = Omit<Prisma.KeyVersionUncheckedCreateInput, 'number' | 'id'>;

/**
 * Puts a tested configuration in force: a key version, the key's state, the activation's next phase, in one
 * transaction. @returns the version's ID, or undefined where the key is no longer scheduled with this activation
 */
export async function putInForce(
  tx: Tx,
  activation: { id: string; keyId: string },
  version: NewVersion,
  now: Date,
): Promise<string | undefined> {
  const keys = await tx.$queryRaw<
    { state: string }[]
  >`SELECT state::text AS state FROM enterprise_key WHERE id = ${activation.keyId}::uuid FOR UPDATE`;
  const still = await tx.activation.findFirst({
    where: { id: activation.id, cancelledAt: null, phase: 'testing' },
    select: { id: true },
  });
  if (keys[0]?.state !== 'scheduled' || !still) return undefined;
  const last = await tx.keyVersion.aggregate({ where: { keyId: activation.keyId }, _max: { number: true } });
  const row = await tx.keyVersion.create({
    data: { ...version, number: (last._max.number ?? 0) + 1 },
    select: { id: true },
  });
  await tx.enterpriseKey.update({
    where: { id: activation.keyId },
    data: { state: 'active', currentVersionId: row.id, changedBy: 'Keyward', revision: { increment: 1 } },
  });
  // A working copy that was never proceeded with has no meaning any more once the key is in force.
  await tx.keyConfiguration.updateMany({
    where: { keyId: activation.keyId, standing: 'working' },
    data: { standing: 'superseded' },
  });
  await updateActivation(
    activation.id,
    { phase: 'switching', versionId: row.id, startedAt: now, failureCode: null, failureDetail: null, nextTryAt: null },
    tx,
  );
  return row.id;
}

export type ActivationCounts = {
  appsTotal: number;
  appsDone: number;
  dataKeysLeft: number;
  recordsLeft: number;
  recordsTotal: number;
};

/** Progress, counted from the data itself so that it is true after any crash. */
export async function countActivation(configurationId: string, versionId: string | null): Promise<ActivationCounts> {
  const rows = await db().$queryRaw<ActivationCounts[]>`
    SELECT (SELECT count(*)::int FROM configuration_app WHERE configuration_id = ${configurationId}::uuid) AS "appsTotal",
           (SELECT count(*)::int FROM configuration_app c JOIN app a ON a.id = c.app_id
             WHERE c.configuration_id = ${configurationId}::uuid AND a.key_version_id = ${versionId}::uuid) AS "appsDone",
           (SELECT count(*)::int FROM configuration_app c JOIN data_key d ON d.app_id = c.app_id
             WHERE c.configuration_id = ${configurationId}::uuid AND d.key_version_id IS DISTINCT FROM ${versionId}::uuid) AS "dataKeysLeft",
           (SELECT count(*)::int FROM configuration_app c JOIN data_key d ON d.app_id = c.app_id JOIN app_record r ON r.data_key_id = d.id
             WHERE c.configuration_id = ${configurationId}::uuid AND d.state = 'old') AS "recordsLeft",
           (SELECT count(*)::int FROM configuration_app c JOIN app_record r ON r.app_id = c.app_id
             WHERE c.configuration_id = ${configurationId}::uuid) AS "recordsTotal"`;
  return rows[0] ?? { appsTotal: 0, appsDone: 0, dataKeysLeft: 0, recordsLeft: 0, recordsTotal: 0 };
}

/** True while the app is to go under another key version, by a date that has come, and has not got there yet. */
export async function hasDueActivation(
  tenantId: string,
  appId: string,
  keyVersionId: string | null,
  now: Date,
): Promise<boolean> {
  const row = await db().activation.findFirst({
    where: {
      finishedAt: null,
      cancelledAt: null,
      dueAt: { lte: now },
      key: { tenantId },
      configuration: { apps: { some: { appId } } },
    },
    select: { versionId: true },
  });
  return row !== null && (row.versionId === null || row.versionId !== keyVersionId);
}
