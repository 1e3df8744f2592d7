import 'server-only';
import type { HistoryEvent } from '../byok/account-views.ts';
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
  awsRequestIds?: string[];
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
      awsRequestIds: entry.awsRequestIds ?? [],
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

export type HistoryFilter = { before?: string; from?: string; limit: number; outcome?: string; operation?: string };

/** A tenant's events, newest first. `before` is the ID of the last event of the page before; `from` is the ID of the first one to show. */
export async function listAudit(tenantId: string, filter: HistoryFilter): Promise<HistoryEvent[]> {
  const rows = await db().auditEvent.findMany({
    where: {
      tenantId,
      ...(filter.outcome ? { outcome: filter.outcome } : {}),
      ...(filter.operation ? { operation: filter.operation } : {}),
    },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: filter.limit,
    ...(filter.before
      ? { cursor: { id: filter.before }, skip: 1 }
      : filter.from
        ? { cursor: { id: filter.from } }
        : {}),
  });
  return rows.map((row) => ({
    id: row.id,
    at: row.at.toISOString(),
    actor: row.actor,
    actorRole: row.actorRole,
    operation: row.operation,
    outcome: row.outcome === 'refused' ? 'refused' : row.outcome === 'failed' ? 'failed' : 'done',
    code: row.code,
    target: row.target,
    before: row.before,
    after: row.after,
    requestId: row.requestId,
    awsRequestIds: row.awsRequestIds,
  }));
}
