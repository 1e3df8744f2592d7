import 'server-only';
import type { Tx } from './client.ts';
import { db } from './client.ts';
import { Prisma } from './generated/client.ts';

export type AuditEntry = {
  tenantId: string | null;
  actor: string;
  actorRole: string;
  operation: string;
  outcome: 'done' | 'refused' | 'failed';
  code?: string;
  target?: string;
  before?: Prisma.InputJsonValue;
  after?: Prisma.InputJsonValue;
  requestId: string;
  providerRequestIds?: string[];
  /** From where, for sign-ins: kept beside the event, and for 90 days only. */
  source?: string;
};

/** Writes one event in the transaction of what it tells of, or in one of its own where nothing else was done. */
export async function appendAudit({ source, ...entry }: AuditEntry, tx: Tx = db()): Promise<void> {
  const { id } = await tx.auditEvent.create({
    data: {
      ...entry,
      before: entry.before ?? Prisma.DbNull,
      after: entry.after ?? Prisma.DbNull,
      providerRequestIds: entry.providerRequestIds ?? [],
    },
    select: { id: true },
  });
  if (source) await tx.auditSource.create({ data: { eventId: id, source } });
}

/** The last time that an operation was done to something of a tenant's; undefined where it never was. */
export async function findDone(
  tenantId: string,
  operation: string,
  target: string,
): Promise<{ at: Date; actor: string } | undefined> {
  const row = await db().auditEvent.findFirst({
    where: { tenantId, operation, target, outcome: 'done' },
    orderBy: { at: 'desc' },
    select: { at: true, actor: true },
  });
  return row ?? undefined;
}

/** When the last of the leases ends that were handed out since then: the history has each of them before it leaves. */
export async function lastLeaseEnd(tenantId: string, since: Date): Promise<Date | undefined> {
  const rows = await db().$queryRaw<{ until: Date | null }[]>`
    SELECT max((after->>'until')::timestamptz) AS until FROM audit_event
     WHERE tenant_id = ${tenantId}::uuid AND at > ${since} AND operation = 'lease-data-key' AND outcome = 'done'`;
  return rows[0]?.until ?? undefined;
}

/** Removes where people signed in from, once that is 90 days ago; the events stay. @returns how many */
export async function pruneAuditSources(): Promise<number> {
  return db().$executeRaw`DELETE FROM audit_source WHERE at < now() - interval '90 days'`;
}
