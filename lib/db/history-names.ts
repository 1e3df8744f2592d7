import 'server-only';
import type { HistoryChoice, HistoryName, HistoryNames } from '../byok/account-views.ts';
import { db } from './client.ts';
import { Prisma } from './generated/client.ts';
import type { HistoryScope } from './history-store.ts';

/** What IDs in a history name now. Of another tenant's things nothing is told; the vendor is told no name of stored data. */
export async function namesInHistory(scope: HistoryScope, ids: readonly string[]): Promise<HistoryNames> {
  if (ids.length === 0) return {};
  const wanted = Prisma.sql`ANY (${[...ids]}::uuid[])`;
  const own = scope === 'vendor' ? Prisma.sql`TRUE` : Prisma.sql`tenant_id = ${scope.tenantId}::uuid`;
  const ownTenant = scope === 'vendor' ? Prisma.sql`TRUE` : Prisma.sql`id = ${scope.tenantId}::uuid`;
  const profiles =
    scope === 'vendor'
      ? Prisma.empty
      : Prisma.sql`UNION ALL SELECT id, 'authorization-profile', name FROM app_record
                    WHERE id = ${wanted} AND ${own} AND kind = 'authorization-profile'`;
  const rows = await db().$queryRaw<(HistoryName & { id: string })[]>`
    SELECT id, 'key' AS kind, alias AS name FROM enterprise_key WHERE id = ${wanted} AND ${own}
    UNION ALL SELECT id, kind::text, name FROM app WHERE id = ${wanted} AND ${own}
    UNION ALL SELECT id, 'token', name FROM api_token WHERE id = ${wanted} AND ${own}
    UNION ALL SELECT id, 'tenant', name FROM tenant WHERE id = ${wanted} AND ${ownTenant}
    UNION ALL SELECT id, 'person', email FROM "user" WHERE id = ${wanted} AND ${own}
    ${profiles}`;
  return Object.fromEntries(rows.map(({ id, ...named }) => [id, named]));
}

/** Keys or apps of a tenant whose names have this in them, in the order of their names. */
export async function searchNames(
  tenantId: string,
  of: 'keys' | 'apps',
  search: string,
  most: number,
): Promise<HistoryChoice[]> {
  const like = { contains: search, mode: 'insensitive' as const };
  if (of === 'apps')
    return db().app.findMany({
      where: { tenantId, name: like },
      orderBy: { name: 'asc' },
      take: most,
      select: { id: true, name: true },
    });
  const keys = await db().enterpriseKey.findMany({
    where: { tenantId, alias: like },
    orderBy: { alias: 'asc' },
    take: most,
    select: { id: true, alias: true },
  });
  return keys.map(({ id, alias }) => ({ id, name: alias }));
}
