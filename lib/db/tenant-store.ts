import 'server-only';
import { visible } from '../byok/visible-text.ts';
import type { Tx } from './client.ts';
import { db } from './client.ts';
import { Prisma } from './generated/client.ts';

export type TenantRecord = {
  id: string;
  name: string;
  /** The vendor's own name for it. */
  reference: string;
  homeRegion: string;
  regionPolicy: 'refuse' | 'warn';
  externalId: string;
  cacheTtlSeconds: number;
  /** When its administrator committed to never reverting any of its keys. */
  irreversibleAt: Date | null;
};

export async function findTenant(tenantId: string): Promise<TenantRecord | undefined> {
  const row = await db().tenant.findUnique({ where: { id: tenantId } });
  return row ? toTenant(row) : undefined;
}

export async function findTenantByReference(reference: string): Promise<TenantRecord | undefined> {
  const row = await db().tenant.findUnique({ where: { reference } });
  return row ? toTenant(row) : undefined;
}

/** A new tenant, or undefined where another has the same name or reference: nothing was stored then. */
export async function insertTenant(
  tx: Tx,
  tenant: Pick<TenantRecord, 'name' | 'reference' | 'homeRegion' | 'regionPolicy' | 'externalId'>,
): Promise<TenantRecord | undefined> {
  const [row] = await tx.tenant.createManyAndReturn({ data: [tenant], skipDuplicates: true });
  return row ? toTenant(row) : undefined;
}

/** Whose name or reference it is that a new tenant cannot have. */
export async function findTenantLike(tx: Tx, like: Pick<TenantRecord, 'name' | 'reference'>): Promise<TenantRecord[]> {
  return (await tx.tenant.findMany({ where: { OR: [{ name: like.name }, { reference: like.reference }] } })).map(
    toTenant,
  );
}

export async function listTenantRecords(): Promise<TenantRecord[]> {
  return (await db().tenant.findMany({ orderBy: { name: 'asc' } })).map(toTenant);
}

/** Tenants whose name begins so, whatever the case, in the order of their names. */
export async function listTenantNames(beginning: string, limit: number): Promise<{ id: string; name: string }[]> {
  const begins = `${beginning.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  const found = beginning ? Prisma.sql`lower(name) LIKE ${begins}` : Prisma.sql`TRUE`;
  const rows = await db().$queryRaw<
    { id: string; name: string }[]
  >`SELECT id, name FROM tenant WHERE ${found} ORDER BY name LIMIT ${limit}`;
  return rows.map(({ id, name }) => ({ id, name: visible(name) }));
}

/** Serialises commands that concern which key an app belongs to: taken before the apps' rows are read. */
export async function lockTenant(tx: Tx, tenantId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM tenant WHERE id = ${tenantId}::uuid FOR UPDATE`;
}

/** @returns how long an unwrapped data key may serve in seconds until now. The caller holds the tenant's row. */
export async function writeCacheTtl(tx: Tx, tenantId: string, seconds: number): Promise<number> {
  const before = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { cacheTtlSeconds: true } });
  await tx.tenant.update({ where: { id: tenantId }, data: { cacheTtlSeconds: seconds } });
  return before.cacheTtlSeconds;
}

/** What a key outside of the home region means to tests from now on. @returns what it meant until now */
export async function writeRegionPolicy(
  tx: Tx,
  tenantId: string,
  regionPolicy: TenantRecord['regionPolicy'],
): Promise<string> {
  const before = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { regionPolicy: true } });
  await tx.tenant.update({ where: { id: tenantId }, data: { regionPolicy } });
  return before.regionPolicy;
}

/** The caller holds the tenant's row. False where the commitment was made before: the first date stands. */
export async function writeTenantCommitment(tx: Tx, tenantId: string, at: Date): Promise<boolean> {
  const { count } = await tx.tenant.updateMany({
    where: { id: tenantId, irreversibleAt: null },
    data: { irreversibleAt: at },
  });
  return count === 1;
}

type Row = Omit<TenantRecord, 'regionPolicy'> & { regionPolicy: string };

function toTenant(row: Row): TenantRecord {
  return {
    id: row.id,
    name: visible(row.name),
    reference: row.reference,
    homeRegion: row.homeRegion,
    regionPolicy: row.regionPolicy === 'warn' ? 'warn' : 'refuse',
    externalId: row.externalId,
    cacheTtlSeconds: row.cacheTtlSeconds,
    irreversibleAt: row.irreversibleAt,
  };
}
