import 'server-only';
import type { Health } from '../byok/health.ts';
import type { KmsFailureCode } from '../byok/kms-failure.ts';
import type { LossCause } from '../byok/loss-causes.ts';
import { visible } from '../byok/visible-text.ts';
import { db, transaction } from './client.ts';
import { publishEpoch } from './epoch-feed.ts';
import type { Prisma } from './generated/client.ts';
import type { VersionRow } from './key-store.ts';

export type VersionConnection = {
  id: string;
  keyId: string;
  tenantId: string;
  provider: string;
  authMode: string;
  /** As it is stored: `readConnection` of byok/connection.ts reads it. */
  connection: unknown;
  connectionVersion: number;
  location: string;
  externalId: string;
  secretId: string | null;
  pinnedKeyRef: string;
  /** Whether the key may be asked for data keys. */
  generates: boolean;
  facts?: unknown;
  health: Health;
  number: number;
  /** Whether it is the version that its enterprise key uses now. */
  isCurrent: boolean;
};

export async function findVersion(id: string): Promise<VersionConnection | undefined> {
  const row = await db().keyVersion.findUnique({ where: { id }, include: { currentOf: { select: { id: true } } } });
  return row ? { ...row, health: toHealth(row.health), isCurrent: row.currentOf !== null } : undefined;
}

/** Of one key, newest first. */
export function listVersions(keyId: string): Promise<VersionRow[]> {
  return db().keyVersion.findMany({ where: { keyId }, orderBy: { number: 'desc' } });
}

export type NeededVersion = { id: string; number: number; alias: string; tenantId: string; pinnedKeyRef: string };

/** Versions of any key and tenant that name one of these CMKs and that something belongs to or hangs on. */
export function listNeeding(pinnedKeyRefs: string[]): Promise<NeededVersion[]> {
  return db().$queryRaw<NeededVersion[]>`
    SELECT v.id, v.number, k.alias, v.tenant_id AS "tenantId", v.pinned_key_ref AS "pinnedKeyRef"
      FROM key_version v JOIN enterprise_key k ON k.id = v.key_id
     WHERE v.pinned_key_ref = ANY(${pinnedKeyRefs})
       AND (EXISTS (SELECT 1 FROM app a WHERE a.key_version_id = v.id)
            OR EXISTS (SELECT 1 FROM data_key d WHERE d.key_version_id = v.id))
     ORDER BY v.created_at DESC`;
}

export type VersionInUse = {
  keyId: string;
  alias: string;
  version: number;
  pinnedKeyRef: string;
  provider: string;
  authMode: string;
  connection: unknown;
  connectionVersion: number;
  current: boolean;
};

/**
 * A tenant's versions whose CMK is needed: active, with apps or data keys, or used since `since`. Newest first within each key. The
 * versions of a key whose data is back under the platform key are among them for as long.
 */
export function listVersionsInUse(tenantId: string, since: Date): Promise<VersionInUse[]> {
  return db().$queryRaw<VersionInUse[]>`
    SELECT v.key_id AS "keyId", k.alias, v.number AS version, v.pinned_key_ref AS "pinnedKeyRef", v.provider,
           v.auth_mode AS "authMode", v.connection, v.connection_version AS "connectionVersion",
           (k.current_version_id = v.id AND k.state <> 'reverted') IS TRUE AS current
      FROM key_version v JOIN enterprise_key k ON k.id = v.key_id
     WHERE v.tenant_id = ${tenantId}::uuid
       AND ((k.current_version_id = v.id AND k.state <> 'reverted')
            OR COALESCE(v.last_used_at, v.created_at) > ${since}
            OR EXISTS (SELECT 1 FROM app a WHERE a.key_version_id = v.id)
            OR EXISTS (SELECT 1 FROM data_key d WHERE d.key_version_id = v.id))
     ORDER BY k.created_at, v.number DESC`;
}

export type WrappedSample = { versionId: string; dataKeyId: string; tenantId: string; appId: string };

/**
 * One data key of each version of a key that wraps any, or of `versionId` alone; only of `appIds` where they are given.
 * What can be unwrapped of it, can be of the version.
 */
export function listWrappedSamples(
  keyId: string,
  only: { versionId?: string | null; appIds?: string[] } = {},
): Promise<WrappedSample[]> {
  return db().$queryRaw<WrappedSample[]>`
    SELECT v.id AS "versionId", d.id AS "dataKeyId", d.tenant_id AS "tenantId", d.app_id AS "appId"
      FROM key_version v CROSS JOIN LATERAL (
        SELECT d.id, d.tenant_id, d.app_id FROM data_key d
         WHERE d.key_version_id = v.id AND (${only.appIds === undefined} OR d.app_id = ANY(${only.appIds ?? []}::uuid[])) LIMIT 1) d
     WHERE v.key_id = ${keyId}::uuid AND (${only.versionId ?? null}::uuid IS NULL OR v.id = ${only.versionId ?? null}::uuid)
     ORDER BY v.number DESC`;
}

export type Hanging = { versionId: string; dataKeys: number; records: number };

/** What hangs on each version of a key that anything hangs on, counted from the data. */
export function listHanging(keyId: string): Promise<Hanging[]> {
  return db().$queryRaw<Hanging[]>`
    SELECT v.id AS "versionId", count(*)::int AS "dataKeys", sum(r.n)::int AS records
      FROM key_version v JOIN data_key d ON d.key_version_id = v.id
           CROSS JOIN LATERAL (SELECT count(*) AS n FROM app_record r WHERE r.data_key_id = d.id) r
     WHERE v.key_id = ${keyId}::uuid GROUP BY v.id`;
}

/** What a version's health is made of. */
export type HealthRow = Pick<
  VersionRow,
  | 'provider'
  | 'health'
  | 'healthCause'
  | 'healthFailure'
  | 'keyDeletedAt'
  | 'healthSince'
  | 'healthAt'
  | 'healthRequest'
>;
export type UnreadableVersion = HealthRow & { number: number; apps: number; dataKeys: number; records: number };

/**
 * Older versions of a key that cannot be reached and that data hangs on, counted from the data. One that names the CMK of
 * the active version is reached as that one, and is none.
 */
export function listUnreadable(keyId: string): Promise<UnreadableVersion[]> {
  return db().$queryRaw<UnreadableVersion[]>`
    SELECT v.number, v.provider, v.health::text AS health, v.health_cause AS "healthCause", v.health_failure AS "healthFailure",
           v.key_deleted_at AS "keyDeletedAt", v.health_since AS "healthSince", v.health_at AS "healthAt",
           v.health_request AS "healthRequest", count(DISTINCT d.app_id)::int AS apps, count(*)::int AS "dataKeys",
           sum(r.n)::int AS records
      FROM enterprise_key k JOIN key_version c ON c.id = k.current_version_id
           JOIN key_version v ON v.key_id = k.id AND (v.provider, v.pinned_key_ref) <> (c.provider, c.pinned_key_ref)
           JOIN data_key d ON d.key_version_id = v.id
           CROSS JOIN LATERAL (SELECT count(*) AS n FROM app_record r WHERE r.data_key_id = d.id) r
     WHERE k.id = ${keyId}::uuid AND v.health IN ('revoked', 'outage')
     GROUP BY v.id ORDER BY v.number DESC`;
}

/** `revoked`: its key has refused us, so nothing under it can be read. */
export type VersionName = { keyId: string; alias: string; number: number; revoked: boolean };

/** What each version of a tenant's keys is called, by its ID. */
export async function listVersionNames(tenantId: string): Promise<Map<string, VersionName>> {
  const rows = await db().keyVersion.findMany({
    where: { tenantId },
    select: { id: true, keyId: true, number: true, health: true, key: { select: { alias: true } } },
  });
  return new Map(
    rows.map(({ id, key, health, ...row }) => [
      id,
      { ...row, alias: visible(key.alias), revoked: health === 'revoked' },
    ]),
  );
}

export function toHealth(value: string): Health {
  switch (value) {
    case 'healthy':
    case 'degraded':
    case 'outage':
    case 'revoked':
      return value;
    default:
      return 'not-yet-checked';
  }
}

export type HealthChange = {
  from: Health;
  to: Exclude<Health, 'not-yet-checked'>;
  /** A cause of byok/loss-causes.ts of what is revoked, else a failure of byok/kms-failure.ts; null where the key answered. */
  failure: LossCause | KmsFailureCode | null;
  /** When the key is deleted, where that is known. */
  keyDeletedAt: Date | null;
  providerRequestId: string | null;
  /** The call that failed, and the provider's own code. */
  call?: { action: string | null; code: string | null };
  at: Date;
  /** A call that reached for the key and was answered. */
  used: boolean;
};

/**
 * Writes what was seen of a key version. A revocation grows the epoch and tells every process in the same transaction,
 * so that none goes on with a copy that it unwrapped before.
 * @returns the epoch from now on, and whether this call is the one that changed the health
 */
export function writeHealth(
  versionId: string,
  seen: HealthChange,
): Promise<{ epoch: number; changed: boolean } | undefined> {
  return transaction(async (tx) => {
    const rows = await tx.$queryRaw<{ health: string; epoch: number }[]>`
      SELECT health::text AS health, epoch FROM key_version WHERE id = ${versionId}::uuid FOR UPDATE`;
    const now = rows[0];
    if (!now) return undefined;
    // Somebody else saw something newer meanwhile: an answer begun before a revocation does not undo it.
    if (toHealth(now.health) !== seen.from && seen.to !== 'revoked') return { epoch: now.epoch, changed: false };
    const changed = toHealth(now.health) !== seen.to;
    const revoking = changed && seen.to === 'revoked';
    const data: Prisma.KeyVersionUncheckedUpdateInput = {
      health: seen.to,
      healthAt: seen.at,
      healthCause: null,
      healthFailure: seen.failure,
      keyDeletedAt: seen.keyDeletedAt,
      healthRequest: seen.providerRequestId,
      healthAction: seen.call?.action ?? null,
      healthCode: seen.call?.code ?? null,
      ...(changed ? { healthSince: seen.at } : {}),
      ...(seen.used ? { lastUsedAt: seen.at } : {}),
      ...(revoking ? { epoch: { increment: 1 } } : {}),
    };
    const row = await tx.keyVersion.update({ where: { id: versionId }, data, select: { epoch: true } });
    if (revoking) await publishEpoch(tx, versionId, row.epoch);
    return { epoch: row.epoch, changed };
  });
}

export async function listEpochs(versionIds: string[]): Promise<Map<string, number>> {
  const rows = await db().keyVersion.findMany({ where: { id: { in: versionIds } }, select: { id: true, epoch: true } });
  return new Map(rows.map((row) => [row.id, row.epoch]));
}

/** Answers of key versions' keys, each with its instant; a later one that is known already stands. */
export async function writeLastUses(uses: { id: string; at: Date }[]): Promise<void> {
  // Held in order first: of two processes that write the same versions neither waits for the other for ever.
  await db().$executeRaw`
    WITH u AS (SELECT * FROM unnest(${uses.map((use) => use.id)}::uuid[], ${uses.map((use) => use.at)}::timestamptz[]) AS u(id, at)),
    held AS (SELECT id FROM key_version WHERE id IN (SELECT id FROM u) ORDER BY id FOR NO KEY UPDATE)
    UPDATE key_version v SET last_used_at = greatest(v.last_used_at, u.at) FROM u JOIN held h ON h.id = u.id WHERE v.id = u.id`;
}
