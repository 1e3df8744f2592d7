import 'server-only';
import { type Draft, describeConnection, storedDraft } from '../byok/connection.ts';
import type { KeyState } from '../byok/lifecycle.ts';
import type { Tx } from './client.ts';
import { db } from './client.ts';
import { databaseNow } from './database-clock.ts';
import type { Prisma } from './generated/client.ts';

/** What the whole tenant committed to, and how long copies may serve, holds for each of its keys. */
const withTenant = { tenant: { select: { irreversibleAt: true, cacheTtlSeconds: true } } } as const;

type Include = typeof withTenant & {
  currentVersion: true;
  configurations: { include: { _count: { select: { apps: true } } } };
  reports: true;
  transitions: true;
};

/**
 * An enterprise key with its working and scheduled configurations (where it has neither any more: with the last that was
 * scheduled), its active version, its last report (0 or 1) and
 * its last transition that was not cancelled, rekeys apart (0 or 1).
 */
export type KeyRow = Prisma.EnterpriseKeyGetPayload<{ include: Include }>;
export type ConfigurationRow = KeyRow['configurations'][number];
export type VersionRow = NonNullable<KeyRow['currentVersion']>;
export type ReportRow = KeyRow['reports'][number];
export type TransitionRow = KeyRow['transitions'][number];

export async function findKey(tenantId: string, keyId: string, tx: Tx = db()): Promise<KeyRow | undefined> {
  const key = await tx.enterpriseKey.findFirst({ where: { id: keyId, tenantId }, include: withTenant });
  return key ? complete(tx, key) : undefined;
}

/** One query after the other: a transaction has one connection, which does not take two at a time. */
async function complete(tx: Tx, key: Prisma.EnterpriseKeyGetPayload<{ include: typeof withTenant }>): Promise<KeyRow> {
  const keyId = key.id;
  const currentVersion = key.currentVersionId
    ? await tx.keyVersion.findUnique({ where: { id: key.currentVersionId } })
    : null;
  const configurations = await tx.keyConfiguration.findMany({
    where: { keyId, standing: { in: ['working', 'scheduled'] } },
    include: { _count: { select: { apps: true } } },
  });
  if (configurations.length === 0) configurations.push(...(await lastSuperseded(tx, keyId)));
  const reports = await tx.testReport.findMany({ where: { keyId }, orderBy: { finishedAt: 'desc' }, take: 1 });
  const transitions = await tx.transition.findMany({
    where: { keyId, cancelledAt: null, kind: { not: 'rekey' } },
    orderBy: { createdAt: 'desc' },
    take: 1,
  });
  return { ...key, currentVersion, configurations, reports, transitions };
}

function lastSuperseded(tx: Tx, keyId: string): Promise<ConfigurationRow[]> {
  return tx.keyConfiguration.findMany({
    where: { keyId, standing: 'superseded', scheduledAt: { not: null } },
    include: { _count: { select: { apps: true } } },
    orderBy: { scheduledAt: 'desc' },
    take: 1,
  });
}

export async function listKeyRows(tenantId: string): Promise<KeyRow[]> {
  const keys = await db().enterpriseKey.findMany({
    where: { tenantId },
    orderBy: { createdAt: 'asc' },
    include: withTenant,
  });
  return Promise.all(keys.map((key) => complete(db(), key)));
}

/** Aliases of the tenant's keys that are on their way back to the platform key. */
export async function listReturning(tx: Tx, tenantId: string): Promise<string[]> {
  const rows = await tx.enterpriseKey.findMany({ where: { tenantId, state: 'reverting' }, select: { alias: true } });
  return rows.map(({ alias }) => alias);
}

/** Of every tenant. */
export async function listAllKeyRows(): Promise<KeyRow[]> {
  const keys = await db().enterpriseKey.findMany({ orderBy: { createdAt: 'asc' }, include: withTenant });
  return Promise.all(keys.map((key) => complete(db(), key)));
}

export type LockedKey = { state: KeyState; revision: number; changedBy: string; changeMade: string };

/** Takes the key's row for the rest of the transaction: commands on one key follow one another. */
export async function lockKey(tx: Tx, tenantId: string, keyId: string): Promise<LockedKey | undefined> {
  const rows = await tx.$queryRaw<LockedKey[]>`
    SELECT state::text AS state, revision, changed_by AS "changedBy", change_made AS "changeMade" FROM enterprise_key
     WHERE id = ${keyId}::uuid AND tenant_id = ${tenantId}::uuid FOR UPDATE`;
  return rows[0];
}

export function workingOf(key: Pick<KeyRow, 'configurations'>): ConfigurationRow | undefined {
  return key.configurations.find((configuration) => configuration.standing === 'working');
}

export function scheduledOf(key: Pick<KeyRow, 'configurations'>): ConfigurationRow | undefined {
  return key.configurations.find((configuration) => configuration.standing === 'scheduled');
}

/** What stands, else what is being entered, else what once stood: what a screen shows of a key. */
export function displayedConfiguration(key: Pick<KeyRow, 'configurations'>): ConfigurationRow | undefined {
  return scheduledOf(key) ?? workingOf(key) ?? key.configurations[0];
}

/** What the wizard edits: the working copy where there is one, else what is scheduled. */
export function editedOf(key: KeyRow): ConfigurationRow {
  const configuration = workingOf(key) ?? scheduledOf(key);
  if (!configuration) throw new Error(`enterprise key ${key.id} has no configuration`);
  return configuration;
}

/** A new draft with every app and bot of the tenant selected. */
export async function insertDraft(
  tx: Tx,
  { draft, ...key }: { tenantId: string; alias: string; draft: Draft; by: string },
): Promise<string> {
  const row = await tx.enterpriseKey.create({
    data: {
      tenantId: key.tenantId,
      alias: key.alias,
      changedBy: key.by,
      configurations: { create: { ...columnsOf(draft), createdAt: databaseNow() } },
    },
    include: { configurations: true },
  });
  const configuration = row.configurations[0];
  if (!configuration) throw new Error('a draft was made without its configuration');
  await tx.$executeRaw`
    INSERT INTO configuration_app (configuration_id, app_id)
    SELECT ${configuration.id}::uuid, id FROM app WHERE tenant_id = ${key.tenantId}::uuid`;
  return row.id;
}

/** The working copy's ID; made from what is scheduled (its apps included) where there is none yet. */
export async function ensureWorkingCopy(tx: Tx, key: KeyRow): Promise<string> {
  const working = workingOf(key);
  if (working) return working.id;
  const { id: from, _count, createdAt, scheduledAt, scheduledBy, standing, ...values } = editedOf(key);
  const copy = await tx.keyConfiguration.create({
    data: {
      ...values,
      entered: values.entered ?? {},
      checklist: values.checklist ?? {},
      standing: 'working',
      createdAt: databaseNow(),
      acknowledged: [],
    },
  });
  await tx.$executeRaw`
    INSERT INTO configuration_app (configuration_id, app_id)
    SELECT ${copy.id}::uuid, app_id FROM configuration_app WHERE configuration_id = ${from}::uuid`;
  return copy.id;
}

/** `draft`: what is entered from now on, whole. */
export type ConfigurationPatch = Omit<
  Prisma.KeyConfigurationUncheckedUpdateInput,
  'provider' | 'authMode' | 'entered' | 'keyRef'
> & { draft?: Draft };

export async function updateConfiguration(
  tx: Tx,
  configurationId: string,
  { draft, ...patch }: ConfigurationPatch,
): Promise<void> {
  const data = { ...patch, ...(draft ? columnsOf(draft) : {}) };
  await tx.keyConfiguration.update({ where: { id: configurationId }, data });
}

/** What is typed, and beside it what is asked for by itself. */
function columnsOf(draft: Draft) {
  return { ...storedDraft(draft), keyRef: describeConnection(draft).keyName };
}

/** Any change to a key goes through here: it grows the revision that everybody else compares. @returns the new revision */
export async function updateKey(
  tx: Tx,
  keyId: string,
  by: { who: string; operationName: string },
  patch: Prisma.EnterpriseKeyUncheckedUpdateInput,
): Promise<number> {
  const row = await tx.enterpriseKey.update({
    where: { id: keyId },
    data: { ...patch, changedBy: by.who, changeMade: by.operationName, revision: { increment: 1 } },
    select: { revision: true },
  });
  return row.revision;
}

export async function deleteKey(tx: Tx, keyId: string): Promise<void> {
  await tx.enterpriseKey.delete({ where: { id: keyId } });
}

/** Whatever a key has entered or scheduled stands for nothing any more; the apps it had chosen stay known. */
export async function supersedeConfigurations(tx: Tx, keyId: string): Promise<void> {
  await tx.keyConfiguration.updateMany({
    where: { keyId, standing: { in: ['working', 'scheduled'] } },
    data: { standing: 'superseded' },
  });
}

export async function deleteConfiguration(tx: Tx, configurationId: string): Promise<void> {
  await tx.keyConfiguration.delete({ where: { id: configurationId } });
}

/** Makes the working copy the scheduled one, and keeps what it replaces. */
export async function promoteWorkingCopy(
  tx: Tx,
  key: KeyRow,
  by: { who: string; at: Date; enforcementAt: Date },
): Promise<string> {
  const working = workingOf(key);
  const scheduled = scheduledOf(key);
  const stands = working ?? scheduled;
  if (!stands) throw new Error(`enterprise key ${key.id} has nothing to schedule`);
  if (working && scheduled) await updateConfiguration(tx, scheduled.id, { standing: 'superseded' });
  await updateConfiguration(tx, stands.id, {
    standing: 'scheduled',
    scheduledAt: by.at,
    scheduledBy: by.who,
    enforcementAt: by.enforcementAt,
  });
  return stands.id;
}

/**
 * The newest report of a configuration with this fingerprint, else the newest of the key. An activation that is tried
 * again adds reports of what is scheduled, which must not hide the one of a working copy.
 */
export async function findReport(tx: Tx, key: KeyRow, fingerprint: string): Promise<ReportRow | undefined> {
  const newest = key.reports[0];
  if (!newest || newest.fingerprint === fingerprint) return newest;
  const own = await tx.testReport.findFirst({
    where: { keyId: key.id, fingerprint },
    orderBy: { finishedAt: 'desc' },
  });
  return own ?? newest;
}

export async function insertReport(report: Prisma.TestReportUncheckedCreateInput): Promise<string> {
  return (await db().testReport.create({ data: report, select: { id: true } })).id;
}

/** The first alias of the form "enterprise-key-n" that the tenant does not use yet. */
export async function freeAlias(tx: Tx, tenantId: string): Promise<string> {
  const used = new Set(
    (await tx.enterpriseKey.findMany({ where: { tenantId }, select: { alias: true } })).map((key) => key.alias),
  );
  for (let n = 1; ; n++) {
    const alias = `enterprise-key-${n}`;
    if (!used.has(alias)) return alias;
  }
}

/** A draft as it was made, in which nobody has saved anything yet. */
export async function untouchedDraft(tx: Tx, tenantId: string): Promise<string | undefined> {
  const draft = await tx.enterpriseKey.findFirst({
    where: { tenantId, state: 'draft', revision: 1 },
    select: { id: true },
  });
  return draft?.id;
}
