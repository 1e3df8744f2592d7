import 'server-only';
import { type AliasFinding, storedAlias } from '../byok/alias-watch.ts';
import { connectionModes } from '../byok/connection-mode.ts';
import { providers } from '../byok/providers.ts';
import { db } from './client.ts';

export type WatchedAlias = {
  versionId: string;
  keyId: string;
  tenantId: string;
  /** The alias, as it was given. */
  keyRef: string;
  pinnedKeyRef: string;
};

/** Where an alias may be asked about. */
const withAliases = connectionModes.filter(({ provider }) => providers[provider].abilities.aliases);

/** Active versions that were given an alias and were last looked at before `before`, or never; the oldest look first. */
export function listAliasesToLookAt(before: Date, limit: number): Promise<WatchedAlias[]> {
  return db().$queryRaw<WatchedAlias[]>`
    SELECT v.id AS "versionId", v.key_id AS "keyId", v.tenant_id AS "tenantId", v.key_ref AS "keyRef",
           v.pinned_key_ref AS "pinnedKeyRef"
      FROM key_version v JOIN enterprise_key k ON k.current_version_id = v.id
           JOIN unnest(${withAliases.map(({ provider }) => provider)}::text[], ${withAliases.map(({ authMode }) => authMode)}::text[])
                AS known(provider, auth_mode) ON known.provider = v.provider AND known.auth_mode = v.auth_mode
     WHERE v.key_ref_is_alias AND k.state <> 'reverted'
       AND (v.alias_seen_at IS NULL OR v.alias_seen_at < ${before})
     ORDER BY v.alias_seen_at NULLS FIRST LIMIT ${limit}`;
}

export type AliasNews = 'drifted' | 'back' | null;

/**
 * Writes where the alias was found to lead. Nothing of what is active changes. What was found before `at` never
 * overwrites what was found since, and of several who find the same at once one alone is told that it is news.
 */
export async function writeAliasFinding(
  { versionId, pinnedKeyRef }: Pick<WatchedAlias, 'versionId' | 'pinnedKeyRef'>,
  found: AliasFinding,
  at: Date,
): Promise<AliasNews> {
  const { drifted, aliasKeyRef } = storedAlias(found, pinnedKeyRef);
  const unclear = found.state === 'not-permitted';
  const rows = await db().$queryRaw<{ was: Date | null; before: string | null }[]>`
    WITH old AS (
      SELECT id, alias_drift_at, alias_key_ref FROM key_version
       WHERE id = ${versionId}::uuid AND (alias_seen_at IS NULL OR alias_seen_at < ${at}) FOR NO KEY UPDATE)
    UPDATE key_version v
       SET alias_seen_at = ${at},
           -- What may not be seen proves neither that a drifted alias is back nor that it went further.
           alias_key_ref = CASE WHEN ${unclear} AND old.alias_drift_at IS NOT NULL THEN old.alias_key_ref
                                ELSE ${aliasKeyRef} END,
           alias_drift_at = CASE WHEN ${unclear} THEN old.alias_drift_at
                                 WHEN NOT ${drifted} THEN NULL
                                 WHEN old.alias_key_ref IS NOT DISTINCT FROM ${aliasKeyRef}
                                   THEN coalesce(old.alias_drift_at, ${at}::timestamptz)
                                 ELSE ${at}::timestamptz END
      FROM old WHERE v.id = old.id
    RETURNING old.alias_drift_at AS was, old.alias_key_ref AS before`;
  const [row] = rows;
  if (!row) return null;
  if (drifted) return row.was === null || row.before !== aliasKeyRef ? 'drifted' : null;
  return row.was !== null && found.state === 'here' ? 'back' : null;
}
