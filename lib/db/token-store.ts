import 'server-only';
import type { TokenAction, TokenRow } from '../byok/vendor-views.ts';
import { visible } from '../byok/visible-text.ts';
import type { Tx } from './client.ts';
import { db } from './client.ts';
import { databaseNow } from './database-clock.ts';
import { Prisma } from './generated/client.ts';

export type { TokenAction } from '../byok/vendor-views.ts';

export type TokenRecord = {
  id: string;
  tenantId: string;
  hint: string;
  actions: TokenAction[];
  lastUsedAt: Date | null;
  /** In how many milliseconds it ends, by the database's clock; null where it has no end. Not above 0: it has ended. */
  endsInMs: number | null;
};

/** A token that has not been revoked, by its SHA-256. */
export async function findTokenByHash(hash: Uint8Array): Promise<TokenRecord | undefined> {
  const [row] = await db().$queryRaw<(Omit<TokenRecord, 'actions'> & { actions: string[] })[]>`
    SELECT id, tenant_id AS "tenantId", hint, actions, last_used_at AS "lastUsedAt",
           (extract(epoch FROM ends_at - now()) * 1000)::float8 AS "endsInMs"
      FROM api_token WHERE hash = ${new Uint8Array(hash)} AND revoked_at IS NULL`;
  if (!row) return undefined;
  return {
    id: row.id,
    tenantId: row.tenantId,
    hint: row.hint,
    actions: toActions(row.actions),
    lastUsedAt: row.lastUsedAt,
    endsInMs: row.endsInMs,
  };
}

export async function touchToken(id: string, lastUsedAt: Date): Promise<void> {
  await db().apiToken.updateMany({ where: { id }, data: { lastUsedAt } });
}

export async function insertToken(
  tx: Tx,
  token: {
    tenantId: string;
    name: string;
    hint: string;
    hash: Uint8Array;
    actions: TokenAction[];
    createdBy: string;
    endsAt?: Date | null;
  },
): Promise<TokenRow> {
  const row = await tx.apiToken.create({
    data: { ...token, hash: new Uint8Array(token.hash) },
    include: { tenant: true },
  });
  return toRow({ ...row, isEnded: false, tenantName: row.tenant.name });
}

/** @returns the token as it was, or undefined where there is none that could still be revoked */
export async function revokeTokenRow(
  tx: Tx,
  id: string,
  by: string,
): Promise<{ tenantId: string; name: string } | undefined> {
  const row = await tx.apiToken.findUnique({ where: { id } });
  if (!row) return undefined;
  const changed = await tx.apiToken.updateMany({
    where: { id, revokedAt: null },
    data: { revokedAt: databaseNow(), revokedBy: by },
  });
  return changed.count === 1 ? { tenantId: row.tenantId, name: row.name } : undefined;
}

/** @returns whether an instant lies ahead, by the database's clock */
export async function isAhead(at: Date): Promise<boolean> {
  const [row] = await db().$queryRaw<{ ahead: boolean }[]>`SELECT ${at}::timestamptz > now() AS ahead`;
  return row?.ahead === true;
}

/**
 * Tokens, the newest first. `search` is how the token's name, its tenant's name or the token itself begins. `before` is the ID
 * of the last token of the page before. Each part of the search has an index of its own.
 */
export async function listTokenRows(page: { search: string; before?: string; limit: number }): Promise<TokenRow[]> {
  const last = page.before
    ? await db().apiToken.findUnique({ where: { id: page.before }, select: { id: true, createdAt: true } })
    : undefined;
  if (last === null) return [];
  const begins = `${page.search.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  const after = last ? Prisma.sql`(k.created_at, k.id) < (${last.createdAt}, ${last.id}::uuid)` : Prisma.sql`TRUE`;
  const found = page.search
    ? Prisma.sql`
        WITH found AS MATERIALIZED (
          SELECT id FROM api_token WHERE lower(name) LIKE ${begins}
          UNION SELECT id FROM api_token WHERE lower(hint) LIKE ${begins}
          UNION SELECT o.id FROM tenant JOIN api_token o ON o.tenant_id = tenant.id WHERE lower(tenant.name) LIKE ${begins}
        )`
    : Prisma.empty;
  const those = page.search ? Prisma.sql`JOIN found ON found.id = k.id` : Prisma.empty;
  const rows = await db().$queryRaw<Row[]>`
    ${found}
    SELECT k.id, k.name, k.hint, k.actions, k.created_by AS "createdBy", k.created_at AS "createdAt",
           k.last_used_at AS "lastUsedAt", k.revoked_at AS "revokedAt", k.ends_at AS "endsAt",
           coalesce(k.ends_at <= now(), false) AS "isEnded", t.name AS "tenantName"
      FROM api_token k ${those} JOIN tenant t ON t.id = k.tenant_id
     WHERE ${after} ORDER BY k.created_at DESC, k.id DESC LIMIT ${page.limit}`;
  return rows.map(toRow);
}

type Row = {
  id: string;
  name: string;
  hint: string;
  actions: string[];
  createdBy: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
  endsAt: Date | null;
  isEnded: boolean;
  tenantName: string;
};

function toRow(row: Row): TokenRow {
  return {
    id: row.id,
    tenantName: visible(row.tenantName),
    name: visible(row.name),
    hint: row.hint,
    actions: toActions(row.actions),
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
    endsAt: row.endsAt?.toISOString() ?? null,
    isEnded: row.isEnded,
  };
}

function toActions(values: string[]): TokenAction[] {
  return values.filter((value) => value === 'encrypt' || value === 'decrypt' || value === 'lease');
}
