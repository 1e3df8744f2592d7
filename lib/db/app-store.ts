import 'server-only';
import type { SelectableApp } from '../byok/setup-views.ts';
import { visible } from '../byok/visible-text.ts';
import type { Tx } from './client.ts';
import { db } from './client.ts';

/** Data keys of one app under one wrapping, and what hangs on them. */
export type Wrapping = {
  appId: string;
  /** null is the platform key. */
  keyVersionId: string | null;
  dataKeys: number;
  records: number;
  /** Of the records, those under an older data key. */
  recordsPending: number;
  /** Older data keys on which no record hangs, kept because envelopes under them left through the HTTP interface. */
  keptDataKeys: number;
};

export type ProtectedApp = {
  id: string;
  name: string;
  kind: 'app' | 'bot';
  /** What it belongs to: new data of it is protected by that, from the next write. */
  keyVersionId: string | null;
  keyId: string | null;
  versionNumber: number | null;
  /** Since when its current data key is the current one. */
  dataKeySince: Date | null;
  records: number;
  wrappings: Wrapping[];
};

export async function findApp(
  tenantId: string,
  appId: string,
): Promise<{ id: string; name: string; keyVersionId: string | null } | undefined> {
  return (
    (await db().app.findFirst({
      where: { id: appId, tenantId },
      select: { id: true, name: true, keyVersionId: true },
    })) ?? undefined
  );
}

/** An app with the key that it belongs to; both null under the platform key. */
export async function findAppUnder(
  tx: Tx,
  tenantId: string,
  appId: string,
): Promise<
  { id: string; tenantId: string; name: string; keyVersionId: string | null; keyId: string | null } | undefined
> {
  const app = await tx.app.findFirst({
    where: { id: appId, tenantId },
    select: { id: true, name: true, keyVersionId: true, keyVersion: { select: { keyId: true } } },
  });
  return app
    ? { id: app.id, tenantId, name: app.name, keyVersionId: app.keyVersionId, keyId: app.keyVersion?.keyId ?? null }
    : undefined;
}

/** Takes an app's row for the rest of the transaction: what it belongs to does not change meanwhile. Records are stored on. */
export async function lockApp(tx: Tx, tenantId: string, appId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM app WHERE id = ${appId}::uuid AND tenant_id = ${tenantId}::uuid FOR NO KEY UPDATE`;
}

/** What protects each app of a tenant now, or one of them, counted from the data itself. */
export async function listAppProtection(tenantId: string, appId: string | null = null): Promise<ProtectedApp[]> {
  const [apps, wrappings] = await Promise.all([
    db().$queryRaw<Omit<ProtectedApp, 'records' | 'wrappings'>[]>`
      SELECT a.id, a.name, a.kind::text AS kind, a.key_version_id AS "keyVersionId", v.key_id AS "keyId", v.number AS "versionNumber",
             d.created_at AS "dataKeySince"
        FROM app a LEFT JOIN key_version v ON v.id = a.key_version_id
             LEFT JOIN data_key d ON d.app_id = a.id AND d.state = 'current'
       WHERE a.tenant_id = ${tenantId}::uuid AND (${appId}::uuid IS NULL OR a.id = ${appId}::uuid) ORDER BY a.name, a.id`,
    listWrappings(tenantId, appId),
  ]);
  const byApp = Map.groupBy(wrappings, (wrapping) => wrapping.appId);
  return apps.map((app) => {
    const own = byApp.get(app.id) ?? [];
    return { ...app, wrappings: own, records: own.reduce((sum, one) => sum + one.records, 0) };
  });
}

/**
 * Each record is counted once, through the index on its data key alone: the records themselves are not read, nor any of
 * another tenant, and no plan that the server might choose on stale statistics is a slow one.
 */
function listWrappings(tenantId: string, appId: string | null): Promise<Wrapping[]> {
  return db().$queryRaw<Wrapping[]>`
    SELECT d.app_id AS "appId", d.key_version_id AS "keyVersionId", count(*)::int AS "dataKeys", sum(r.n)::int AS records,
           coalesce(sum(r.n) FILTER (WHERE d.state = 'old'), 0)::int AS "recordsPending",
           count(*) FILTER (WHERE d.state = 'old' AND d.issued_outside_at IS NOT NULL AND r.n = 0)::int AS "keptDataKeys"
      FROM data_key d CROSS JOIN LATERAL (SELECT count(*) AS n FROM app_record r WHERE r.data_key_id = d.id) r
     WHERE d.tenant_id = ${tenantId}::uuid AND (${appId}::uuid IS NULL OR d.app_id = ${appId}::uuid) GROUP BY 1, 2`;
}

/**
 * Every app of the tenant, whether this configuration chose it, and which other key it belongs to. Three questions, put together
 * here: as one, the server may pick a plan that compares each app with each chosen one, on statistics from before they came.
 */
export async function listSelectable(
  tenantId: string,
  keyId: string,
  configurationId: string,
): Promise<SelectableApp[]> {
  const [apps, chosen, taken] = await Promise.all([
    db().$queryRaw<Pick<SelectableApp, 'id' | 'name' | 'kind'>[]>`
      SELECT id, name, kind::text AS kind FROM app WHERE tenant_id = ${tenantId}::uuid ORDER BY name, id`,
    listSelectedApps(configurationId),
    db().$queryRaw<{ appId: string; alias: string }[]>`
      SELECT o.app_id AS "appId", k.alias FROM enterprise_key k
        JOIN key_configuration f ON f.key_id = k.id AND f.standing = 'scheduled'
        JOIN configuration_app o ON o.configuration_id = f.id
       WHERE k.tenant_id = ${tenantId}::uuid AND k.id <> ${keyId}::uuid AND k.state <> 'reverted'`,
  ]);
  const takenBy = new Map(taken.map(({ appId, alias }) => [appId, visible(alias)]));
  return apps.map((app) => ({
    ...app,
    name: visible(app.name),
    selected: chosen.has(app.id),
    takenBy: takenBy.get(app.id) ?? null,
  }));
}

/** Selected apps of this configuration that a scheduled or active configuration of another key holds. */
export async function listTakenApps(tx: Tx, keyId: string, configurationId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    SELECT DISTINCT a.name FROM configuration_app mine
      JOIN configuration_app theirs ON theirs.app_id = mine.app_id
      JOIN key_configuration f ON f.id = theirs.configuration_id AND f.standing = 'scheduled'
      JOIN enterprise_key k ON k.id = f.key_id AND k.id <> ${keyId}::uuid AND k.state <> 'reverted'
      JOIN app a ON a.id = mine.app_id
     WHERE mine.configuration_id = ${configurationId}::uuid ORDER BY a.name LIMIT 20`;
  return rows.map((row) => row.name);
}

/** Names of those of `appIds` that a scheduled or active configuration of another key holds. */
export async function findTakenApps(tx: Tx, keyId: string, appIds: string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    SELECT DISTINCT a.name FROM configuration_app theirs
      JOIN key_configuration f ON f.id = theirs.configuration_id AND f.standing = 'scheduled'
      JOIN enterprise_key k ON k.id = f.key_id AND k.id <> ${keyId}::uuid AND k.state <> 'reverted'
      JOIN app a ON a.id = theirs.app_id
     WHERE theirs.app_id = ANY(${appIds}::uuid[]) ORDER BY a.name LIMIT 20`;
  return rows.map((row) => row.name);
}

export type Selection = { mode: 'all' } | { mode: 'only'; ids: string[] } | { mode: 'all-except'; ids: string[] };

/** Replaces a configuration's choice; IDs of other tenants' apps choose nothing. */
export async function replaceSelection(
  tx: Tx,
  tenantId: string,
  configurationId: string,
  selection: Selection,
): Promise<number> {
  await tx.configurationApp.deleteMany({ where: { configurationId } });
  const ids = selection.mode === 'all' ? [] : selection.ids;
  return tx.$executeRaw`
    INSERT INTO configuration_app (configuration_id, app_id)
    SELECT ${configurationId}::uuid, a.id FROM app a
     WHERE a.tenant_id = ${tenantId}::uuid
       AND (${selection.mode !== 'only'} OR a.id = ANY(${ids}::uuid[]))
       AND NOT (${selection.mode === 'all-except'} AND a.id = ANY(${ids}::uuid[]))`;
}

/** The same apps in `to` as in `from`. */
export async function copySelection(tx: Tx, from: string, to: string): Promise<void> {
  await tx.configurationApp.deleteMany({ where: { configurationId: to } });
  await tx.$executeRaw`
    INSERT INTO configuration_app (configuration_id, app_id)
    SELECT ${to}::uuid, app_id FROM configuration_app WHERE configuration_id = ${from}::uuid`;
}

/** The tenant's apps that a selection names. */
export async function resolveSelection(tx: Tx, tenantId: string, selection: Selection): Promise<string[]> {
  const ids = selection.mode === 'all' ? [] : selection.ids;
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT a.id FROM app a
     WHERE a.tenant_id = ${tenantId}::uuid
       AND (${selection.mode !== 'only'} OR a.id = ANY(${ids}::uuid[]))
       AND NOT (${selection.mode === 'all-except'} AND a.id = ANY(${ids}::uuid[]))`;
  return rows.map((row) => row.id);
}

/** Apps that belong to any version of this key. */
export async function listAppsUnderKey(tx: Tx, keyId: string): Promise<string[]> {
  const rows = await tx.app.findMany({ where: { keyVersion: { keyId } }, select: { id: true } });
  return rows.map((row) => row.id);
}

/** `sample`: names of the first ten apps that the configuration did not choose. */
export async function countSelection(
  configurationId: string,
  tenantId: string,
): Promise<{ total: number; selected: number; sample: string[] }> {
  const [total, selected] = await Promise.all([
    db().app.count({ where: { tenantId } }),
    db().configurationApp.count({ where: { configurationId } }),
  ]);
  if (selected === total) return { total, selected, sample: [] };
  // NOT IN over a subquery is one hash look-up per app, whatever the planner believes of a table just filled; as an
  // anti-join on stale statistics the same took 47 s for 10,000 apps.
  const sample = await db().$queryRaw<{ name: string }[]>`
    SELECT name FROM app WHERE tenant_id = ${tenantId}::uuid
       AND id NOT IN (SELECT app_id FROM configuration_app WHERE configuration_id = ${configurationId}::uuid)
     ORDER BY name LIMIT 10`;
  return { total, selected, sample: sample.map((app) => app.name) };
}

/** Apps of a key transition that have not got their fresh data key under what they belong to. */
export async function listAppsToSwitch(
  transitionId: string,
): Promise<{ id: string; tenantId: string; keyVersionId: string | null; currentId: string | null }[]> {
  return db().$queryRaw<{ id: string; tenantId: string; keyVersionId: string | null; currentId: string | null }[]>`
    SELECT a.id, a.tenant_id AS "tenantId", a.key_version_id AS "keyVersionId", d.id AS "currentId"
      FROM key_transition_app m JOIN app a ON a.id = m.app_id
      LEFT JOIN data_key d ON d.app_id = a.id AND d.state = 'current'
     WHERE m.transition_id = ${transitionId}::uuid
       AND (d.id IS NULL OR d.id = m.from_data_key_id OR d.key_version_id IS DISTINCT FROM a.key_version_id)
     ORDER BY a.id`;
}

export async function countApps(tenantId: string): Promise<{ total: number; underPlatformKey: number }> {
  const [total, underPlatformKey] = await Promise.all([
    db().app.count({ where: { tenantId } }),
    db().app.count({ where: { tenantId, keyVersionId: null } }),
  ]);
  return { total, underPlatformKey };
}

/** Apps that belong to any version of this key. */
export function countAppsUnderKey(keyId: string, tx: Tx = db()): Promise<number> {
  return tx.app.count({ where: { keyVersion: { keyId } } });
}

export async function listSelectedApps(configurationId: string): Promise<Set<string>> {
  const rows = await db().configurationApp.findMany({ where: { configurationId }, select: { appId: true } });
  return new Set(rows.map((row) => row.appId));
}

export function countSelected(tx: Tx, configurationId: string): Promise<number> {
  return tx.configurationApp.count({ where: { configurationId } });
}

export async function countAppsByTenant(): Promise<Map<string, number>> {
  const rows = await db().app.groupBy({ by: ['tenantId'], _count: { _all: true } });
  return new Map(rows.map((row) => [row.tenantId, row._count._all]));
}
