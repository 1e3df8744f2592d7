import 'server-only';
import type { AuditEntry } from './audit-store.ts';
import type { Tx } from './client.ts';
import { db } from './client.ts';

export type RefusedEntry = AuditEntry & { outcome: 'refused' | 'failed'; code: string };

/**
 * Tells the history of a refusal: the first of its kind (tenant, actor, operation, outcome, code) at once, as an event; what
 * follows within the minute is counted, and told in one event when the minute has ended. So nothing but refusals makes a
 * handful of rows, however fast they come.
 * @param isRepeat its first was told as an event of another form: this one is counted in any case
 */
export async function noteRefusal(entry: RefusedEntry, { isRepeat = false } = {}): Promise<void> {
  // A minute that has ended is told first. Another process may begin the next one in between: then it is counted there.
  for (let tries = 0; tries < mostTries; tries++) {
    if (await count(entry, isRepeat)) return;
    await flushEndedRefusals();
  }
  throw new Error('A refusal could not be counted.');
}

/**
 * Writes the event of each minute that has ended, in one statement with the end of its row: once, whoever asks, and whenever a
 * process ends. Called by the worker, by who reads the history, and by the next refusal of the kind.
 * @returns how many minutes were told
 */
export async function flushEndedRefusals(tx: Tx = db()): Promise<number> {
  const [row] = await tx.$queryRaw<{ ended: number }[]>`
    WITH ended AS (
      DELETE FROM refusal_count WHERE kind IN (
        SELECT kind FROM refusal_count WHERE ends_at <= clock_timestamp()
         ORDER BY ends_at LIMIT ${mostAtOnce} FOR UPDATE SKIP LOCKED
      ) RETURNING *
    ), told AS (
      INSERT INTO audit_event (tenant_id, actor, actor_role, operation, outcome, code, after, request_id)
      SELECT tenant_id, actor, actor_role, operation, outcome, code,
             jsonb_build_object('repeated', jsonb_build_object(
               'count', repeats,
               'firstAt', to_char(first_at AT TIME ZONE 'UTC', ${isoFormat}),
               'lastAt', to_char(last_at AT TIME ZONE 'UTC', ${isoFormat}),
               'targets', to_jsonb(targets))),
             request_id
        FROM ended WHERE repeats > 0
    )
    SELECT count(*)::int AS ended FROM ended`;
  return row?.ended ?? 0;
}

/** @returns false where the minute of this kind has ended and is not told yet */
async function count(entry: RefusedEntry, isRepeat: boolean): Promise<boolean> {
  const { tenantId, actor, actorRole, operation, outcome, code, target, requestId, providerRequestIds = [] } = entry;
  const kind = JSON.stringify([tenantId, actor, operation, outcome, code]);
  const targets = target === undefined ? [] : [target];
  const rows = await db().$queryRaw<{ repeats: number }[]>`
      WITH counted AS (
        INSERT INTO refusal_count AS known
               (kind, tenant_id, actor, actor_role, operation, outcome, code, ends_at, repeats, first_at, last_at, request_id)
        VALUES (${kind}, ${tenantId}::uuid, ${actor}, ${actorRole}, ${operation}, ${outcome}, ${code},
                clock_timestamp() + interval '1 minute', ${isRepeat ? 1 : 0}, clock_timestamp(), clock_timestamp(), ${requestId})
        ON CONFLICT (kind) DO UPDATE SET
          repeats = known.repeats + 1,
          first_at = CASE WHEN known.repeats = 0 THEN clock_timestamp() ELSE known.first_at END,
          last_at = clock_timestamp(),
          request_id = ${requestId},
          targets = CASE WHEN known.targets @> ${targets}::text[] OR cardinality(known.targets) >= ${mostTargets}
                         THEN known.targets ELSE known.targets || ${targets}::text[] END
        WHERE known.ends_at > clock_timestamp()
        RETURNING repeats
      ), told AS (
        INSERT INTO audit_event (tenant_id, actor, actor_role, operation, outcome, code, target, request_id, provider_request_ids)
        SELECT ${tenantId}::uuid, ${actor}, ${actorRole}, ${operation}, ${outcome}, ${code}, ${target ?? null}, ${requestId},
               ${providerRequestIds}::text[]
          FROM counted WHERE repeats = 0
      )
      SELECT repeats FROM counted`;
  return rows.length > 0;
}

const mostTries = 5;
const mostAtOnce = 500;
const mostTargets = 20;
const isoFormat = 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"';
