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

export type HistoryFilter = {
  before?: string;
  from?: string;
  limit: number;
  outcome?: string;
  operation?: string;
  target?: string;
};

/** A tenant's events, or those of the vendor: of its people, of its commands, and all that belong to no tenant. */
export type HistoryScope = { tenantId: string } | 'vendor';

/**
 * Events, newest first. `before` is the ID of the last event of the page before; `from` is the ID of the first one to show.
 * Each scope has an index in this very order.
 */
export async function listAudit(scope: HistoryScope, filter: HistoryFilter): Promise<HistoryEvent[]> {
  const cursor = filter.before ?? filter.from;
  const start = cursor
    ? await db().auditEvent.findUnique({ where: { id: cursor }, select: { id: true, at: true } })
    : undefined;
  if (start === null) return [];
  const comes = Prisma.raw(filter.before ? '<' : '<=');
  const conditions = [
    scope === 'vendor' ? vendorEvents : Prisma.sql`e.tenant_id = ${scope.tenantId}::uuid`,
    ...(filter.outcome ? [Prisma.sql`e.outcome = ${filter.outcome}`] : []),
    ...(filter.operation ? [Prisma.sql`e.operation = ${filter.operation}`] : []),
    ...(filter.target ? [Prisma.sql`e.target = ${filter.target}`] : []),
    ...(start ? [Prisma.sql`(e.at, e.id) ${comes} (${start.at}, ${start.id}::uuid)`] : []),
  ];
  const rows = await db().$queryRaw<EventRow[]>`
    SELECT e.id, e.at, e.actor, e.actor_role AS "actorRole", e.operation, e.outcome, e.code, e.target, e.before, e.after,
           e.request_id AS "requestId", e.provider_request_ids AS "providerRequestIds", s.source, t.name AS "tenantName"
      FROM (SELECT * FROM audit_event e WHERE ${Prisma.join(conditions, ' AND ')}
             ORDER BY e.at DESC, e.id DESC LIMIT ${filter.limit}) e
      LEFT JOIN audit_source s ON s.event_id = e.id
      LEFT JOIN tenant t ON t.id = e.tenant_id
     ORDER BY e.at DESC, e.id DESC`;
  return rows.map(({ tenantName, ...row }) => ({
    ...row,
    at: row.at.toISOString(),
    outcome: row.outcome === 'refused' ? 'refused' : row.outcome === 'failed' ? 'failed' : 'done',
    tenantName: scope === 'vendor' ? tenantName : null,
  }));
}

/** Removes where people signed in from, once that is 90 days ago; the events stay. @returns how many */
export async function pruneAuditSources(): Promise<number> {
  return db().$executeRaw`DELETE FROM audit_source WHERE at < now() - interval '90 days'`;
}

/** Word for word as the index audit_event_vendor has it, so that it serves. */
const vendorEvents = Prisma.sql`(e.tenant_id IS NULL OR e.actor_role IN ('operator', 'support') OR e.actor = 'command line')`;

type EventRow = Omit<HistoryEvent, 'at' | 'outcome'> & { at: Date; outcome: string };
