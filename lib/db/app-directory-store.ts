import 'server-only';
import type { AppKind, TenantApp } from '../byok/vendor-views.ts';
import type { Tx } from './client.ts';
import { db } from './client.ts';

/** An app by the vendor's own name for it. */
export type ReferencedApp = { id: string; name: string; kind: AppKind; reference: string };

const columns = { id: true, name: true, kind: true, reference: true } as const;

/** A new app under the platform key, or undefined where its tenant has another of this name or reference: nothing was stored then. */
export async function insertApp(
  tx: Tx,
  app: { tenantId: string; name: string; kind: AppKind; reference: string },
): Promise<ReferencedApp | undefined> {
  const [row] = await tx.app.createManyAndReturn({ data: [app], skipDuplicates: true, select: columns });
  return row;
}

export async function findAppByReference(tenantId: string, reference: string): Promise<ReferencedApp | undefined> {
  const row = await db().app.findUnique({ where: { tenantId_reference: { tenantId, reference } }, select: columns });
  return row ?? undefined;
}

export async function findAppByName(tenantId: string, name: string): Promise<ReferencedApp | undefined> {
  const row = await db().app.findUnique({ where: { tenantId_name: { tenantId, name } }, select: columns });
  return row ?? undefined;
}

/** One page of a tenant's apps, by name, each with the key that it belongs to. */
export async function listTenantApps(
  tenantId: string,
  page: { skip: number; take: number },
): Promise<{ total: number; rows: TenantApp[] }> {
  const where = { tenantId };
  const [total, rows] = await Promise.all([
    db().app.count({ where }),
    db().app.findMany({
      where,
      select: { ...columns, keyVersion: { select: { key: { select: { alias: true } } } } },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      ...page,
    }),
  ]);
  return {
    total,
    rows: rows.map(({ keyVersion, ...app }) => ({ ...app, keyAlias: keyVersion ? keyVersion.key.alias : null })),
  };
}
