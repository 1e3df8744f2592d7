import 'server-only';
import type { HistoryEvent } from '../byok/account-views.ts';
import { db } from './client.ts';
import { Prisma } from './generated/client.ts';

export type HistoryFilter = {
  outcome?: string | undefined;
  operations?: readonly string[] | undefined;
  /** As it is stored. */
  actor?: string | undefined;
  since?: Date | undefined;
  /** Exclusive. */
  until?: Date | undefined;
  keyId?: string | undefined;
  appId?: string | undefined;
};

/** `before` is the ID of the last event of the page before; `from` is the ID of the first one to show. */
export type HistoryRange = { before?: string | undefined; from?: string | undefined; limit: number };

/** A tenant's events, or those of the vendor: of its people, of its commands, and all that belong to no tenant. */
export type HistoryScope = { tenantId: string } | 'vendor';

/** Events, newest first. Each scope, and each filter by a person, a key or an app, has an index in this very order. */
export async function listAudit(
  scope: HistoryScope,
  { before, from, ...filter }: HistoryFilter & HistoryRange,
): Promise<HistoryEvent[]> {
  const cursor = before ?? from;
  const start = cursor
    ? await db().auditEvent.findUnique({ where: { id: cursor }, select: { id: true, at: true } })
    : undefined;
  if (start === null) return [];
  return read(scope, pageOf(scope, { ...filter, start, isExclusive: before !== undefined }));
}

type Page = HistoryFilter & { limit: number; start?: { id: string; at: Date } | undefined; isExclusive?: boolean };

/** The rows of one page, as a query. */
export function pageOf(scope: HistoryScope, { limit, start, isExclusive, ...filter }: Page): Prisma.Sql {
  const comes = Prisma.raw(isExclusive ? '<' : '<=');
  const page = start ? [Prisma.sql`(e.at, e.id) ${comes} (${start.at}, ${start.id}::uuid)`] : [];
  const branches = branchesOf(filter).map(
    (branch) => Prisma.sql`(SELECT * FROM audit_event e WHERE ${all(scope, filter, [...page, ...branch])}
             ORDER BY e.at DESC, e.id DESC LIMIT ${limit})`,
  );
  return Prisma.sql`SELECT * FROM (${Prisma.join(branches, ' UNION ALL ')}) e ORDER BY e.at DESC, e.id DESC LIMIT ${limit}`;
}

/** One event, wherever in the history it stands; undefined for one that is not in this history. */
export async function findEvent(scope: HistoryScope, id: string): Promise<HistoryEvent | undefined> {
  const [event] = await read(
    scope,
    Prisma.sql`SELECT * FROM audit_event e WHERE ${all(scope, {}, [Prisma.sql`e.id = ${id}::uuid`])}`,
  );
  return event;
}

/** How many there are under a filter; counting ends at `most`. */
export async function countAudit(scope: HistoryScope, filter: HistoryFilter, most: number): Promise<number> {
  const branches = branchesOf(filter).map(
    (branch) => Prisma.sql`(SELECT 1 FROM audit_event e WHERE ${all(scope, filter, branch)} LIMIT ${most})`,
  );
  const [row] = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (SELECT 1 FROM (${Prisma.join(branches, ' UNION ALL ')}) e LIMIT ${most}) e`;
  return row?.count ?? 0;
}

/** Who has ever done something in it, as it is stored: from one to the next by the index, without reading what each has done. */
export async function listActors(scope: HistoryScope, most: number): Promise<string[]> {
  const where = scopeOf(scope);
  const rows = await db().$queryRaw<{ actor: string | null }[]>`
    WITH RECURSIVE known AS (
      SELECT (SELECT min(e.actor) FROM audit_event e WHERE ${where}) AS actor, 1 AS n
      UNION ALL
      SELECT (SELECT min(e.actor) FROM audit_event e WHERE ${where} AND e.actor > known.actor), n + 1
        FROM known WHERE known.actor IS NOT NULL AND n < ${most}
    ) SELECT actor FROM known WHERE actor IS NOT NULL`;
  return rows.flatMap(({ actor }) => actor ?? []);
}

async function read(scope: HistoryScope, events: Prisma.Sql): Promise<HistoryEvent[]> {
  const rows = await db().$queryRaw<EventRow[]>`
    SELECT e.id, e.at, e.actor, e.actor_role AS "actorRole", e.operation, e.outcome, e.code, e.target, e.before, e.after,
           e.request_id AS "requestId", e.provider_request_ids AS "providerRequestIds", s.source, t.name AS "tenantName"
      FROM (${events}) e
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

function all(scope: HistoryScope, filter: HistoryFilter, more: Prisma.Sql[]): Prisma.Sql {
  const { outcome, operations, actor, since, until } = filter;
  const conditions = [
    scopeOf(scope),
    ...(outcome ? [Prisma.sql`e.outcome = ${outcome}`] : []),
    ...(operations ? [Prisma.sql`e.operation = ANY (${[...operations]}::text[])`] : []),
    ...(actor ? [Prisma.sql`e.actor = ${actor}`] : []),
    ...(since ? [Prisma.sql`e.at >= ${since}`] : []),
    ...(until ? [Prisma.sql`e.at < ${until}`] : []),
    ...more,
  ];
  return Prisma.join(conditions, ' AND ');
}

/**
 * Where an event says what it is about: in its target, of what concerns an app under a key in `after`, and of a minute's
 * refusals in a list. Each place has an index of its own, so each is asked by itself; no event is in two of them.
 */
function branchesOf({ keyId, appId }: HistoryFilter): Prisma.Sql[][] {
  if (!keyId && !appId) return [[]];
  if (keyId && !appId) return [[Prisma.sql`e.target = ${keyId}`], [repeatedOn(keyId)]];
  if (!appId) return [[]];
  const both = keyId ? [Prisma.sql`(e.target = ${keyId} OR ${repeatedOn(keyId)})`] : [];
  return [
    [Prisma.sql`e.target = ${appId}`, ...both],
    [Prisma.sql`e.after->>'appId' = ${appId} AND e.target IS DISTINCT FROM ${appId}`, ...both],
    [repeatedOn(appId), ...both],
  ];
}

function repeatedOn(id: string): Prisma.Sql {
  // The index is of those that have such a list.
  return Prisma.sql`(e.after->'repeated'->'targets' IS NOT NULL AND e.after->'repeated'->'targets' @> ${JSON.stringify([id])}::jsonb)`;
}

function scopeOf(scope: HistoryScope): Prisma.Sql {
  return scope === 'vendor' ? vendorEvents : Prisma.sql`e.tenant_id = ${scope.tenantId}::uuid`;
}

/** Word for word as the indexes audit_event_vendor and audit_event_vendor_actor have it, so that they serve. */
const vendorEvents = Prisma.sql`(e.tenant_id IS NULL OR e.actor_role IN ('operator', 'support') OR e.actor = 'command line')`;

type EventRow = Omit<HistoryEvent, 'at' | 'outcome'> & { at: Date; outcome: string };
