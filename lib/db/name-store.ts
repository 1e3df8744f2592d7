import 'server-only';
import type { FoundName, NamedKind } from '../byok/name-views.ts';
import { visible } from '../byok/visible-text.ts';
import { db } from './client.ts';
import { Prisma } from './generated/client.ts';

/** Tenants in whose name or reference `text` occurs, whatever the case; where it stands nearest to the beginning comes first. */
export async function findTenantNames(text: string, limit: number): Promise<FoundName[]> {
  return found(Prisma.sql`SELECT 'tenant' AS kind, id, name, reference AS detail FROM tenant`, text, limit);
}

/** A tenant's keys, by alias or description. */
export async function findKeyNames(tenantId: string, text: string, limit: number): Promise<FoundName[]> {
  const keys = Prisma.sql`SELECT 'key' AS kind, id, alias AS name, description AS detail
                            FROM enterprise_key WHERE tenant_id = ${tenantId}::uuid`;
  return found(keys, text, limit);
}

/** A tenant's apps and bots, by name or reference. */
export async function findAppNames(tenantId: string, text: string, limit: number): Promise<FoundName[]> {
  const apps = Prisma.sql`SELECT kind::text AS kind, id, name, reference AS detail
                            FROM app WHERE tenant_id = ${tenantId}::uuid`;
  return found(apps, text, limit);
}

/** `tenantId` empty: of any tenant; what belongs to a tenant then has no name. */
export async function findNameOf(kind: NamedKind, tenantId: string, id: string): Promise<string | undefined> {
  const row = await rowOf(kind, tenantId, id);
  return row ? visible('alias' in row ? row.alias : row.name) : undefined;
}

function rowOf(kind: NamedKind, tenantId: string, id: string) {
  if (kind === 'tenant') return tenantId ? null : db().tenant.findUnique({ where: { id }, select: { name: true } });
  if (!tenantId) return null;
  return kind === 'key'
    ? db().enterpriseKey.findFirst({ where: { id, tenantId }, select: { alias: true } })
    : db().app.findFirst({ where: { id, tenantId }, select: { name: true } });
}

// Ten thousand rows of one tenant are looked through in a few milliseconds: an index for parts of words would cost more than it gives.
async function found(things: Prisma.Sql, text: string, limit: number): Promise<FoundName[]> {
  const rows = await db().$queryRaw<FoundName[]>`
    SELECT kind, id, name, detail FROM (${things}) AS t, lower(${text}) AS wanted
     WHERE strpos(lower(name), wanted) > 0 OR strpos(lower(detail), wanted) > 0
     ORDER BY nullif(strpos(lower(name), wanted), 0) NULLS LAST, name, id LIMIT ${limit}`;
  return rows.map((row) => ({ ...row, name: visible(row.name), detail: visible(row.detail) }));
}
