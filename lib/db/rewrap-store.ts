import 'server-only';
import type { ErrorCode } from '../byok/errors.ts';
import { type Message, storedMessage } from '../byok/messages/message.ts';
import { pack, readBulk, toBytes, toInteger, toUuid, toUuidOrNull, uuid, writeBulk } from './bulk.ts';
import { db } from './client.ts';
import type { DataKeyRow } from './data-key-store.ts';
import { Prisma } from './generated/client.ts';

/** A part of the space of IDs, `from` included and `to` not; undefined is the space's end. */
export type IdRange = { from: string; to: string | undefined };

/** What is needed to move a data key. */
export type DataKeyToMove = Pick<
  DataKeyRow,
  | 'id'
  | 'tenantId'
  | 'appId'
  | 'appVersionId'
  | 'keyVersionId'
  | 'unwrapVersionId'
  | 'wrapped'
  | 'checkValue'
  | 'revision'
>;

export type Rewrapping = {
  id: string;
  appId: string;
  revision: number;
  /** What it is wrapped by from now on, and what its app must still belong to. */
  keyVersionId: string | null;
  wrapped: Uint8Array;
  wrappingKeyId: string;
};

/** Why data keys could not be moved. */
export type TransitionFailure = { code: ErrorCode; message: Message | null; providerRequestIds: string[] };

/**
 * Older data keys of a key transition's apps that lie under another wrapping than their app belongs to and were not tried since
 * `since`, by ID, those after `after`.
 */
export async function listDataKeysToMove(
  transitionId: string,
  part: { range: IdRange; after: string | undefined; since: Date; limit: number },
): Promise<DataKeyToMove[]> {
  const { range, after, since, limit } = part;
  const from = after === undefined ? `d.id >= ${uuid(range.from)}` : `d.id > ${uuid(after)}`;
  const to = range.to === undefined ? '' : `AND d.id < ${uuid(range.to)}`;
  return readBulk(
    `SELECT d.id, d.tenant_id, d.app_id, a.key_version_id, d.key_version_id, coalesce(c.id, v.id), d.wrapped, d.check_value, d.revision
       FROM key_transition_app m JOIN app a ON a.id = m.app_id JOIN data_key d ON d.app_id = a.id
            LEFT JOIN key_version v ON v.id = d.key_version_id
            LEFT JOIN enterprise_key k ON k.id = v.key_id
            -- A wrapping belongs to a CMK: where the current version names the same one, its credentials unwrap.
            LEFT JOIN key_version c ON c.id = k.current_version_id AND c.provider = v.provider
                  AND c.pinned_key_ref = v.pinned_key_ref
            LEFT JOIN data_key_failure f ON f.data_key_id = d.id AND f.last_at >= '${since.toISOString()}'::timestamptz
      WHERE m.transition_id = ${uuid(transitionId)} AND d.state = 'old' AND d.key_version_id IS DISTINCT FROM a.key_version_id
        AND f.data_key_id IS NULL AND ${from} ${to}
      ORDER BY d.id LIMIT ${Math.trunc(limit)}`,
    ([id, tenantId, appId, appVersionId, keyVersionId, unwrapVersionId, wrapped, checkValue, revision]) => ({
      id: toUuid(id),
      tenantId: toUuid(tenantId),
      appId: toUuid(appId),
      appVersionId: toUuidOrNull(appVersionId),
      keyVersionId: toUuidOrNull(keyVersionId),
      unwrapVersionId: toUuidOrNull(unwrapVersionId),
      wrapped: toBytes(wrapped),
      checkValue: toBytes(checkValue),
      revision: toInteger(revision),
    }),
  );
}

/**
 * Writes new wrappings, compare-and-set on each row's revision and on what its app belongs to; the failures of what has
 * moved go with it. The apps are shared for the moment: who sends them elsewhere comes before this or after it.
 * @returns how many moved; somebody else was first with the others
 */
export async function writeRewrappings(changes: Rewrapping[]): Promise<number> {
  const { bytes, starts, lengths } = pack(changes.map((change) => change.wrapped));
  return writeBulk(
    'write-rewrappings',
    `WITH n AS (
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::uuid[], $5::text[], $6::int[], $7::int[])
                AS n(id, app_id, revision, key_version_id, wrapping_key_id, start, length)),
     held AS (SELECT a.id, a.key_version_id FROM app a WHERE a.id IN (SELECT app_id FROM n) ORDER BY a.id FOR SHARE),
     moved AS (
       UPDATE data_key d SET key_version_id = n.key_version_id, wrapped = substring($8::bytea FROM n.start FOR n.length),
                             wrapping_key_id = n.wrapping_key_id, revision = d.revision + 1
         FROM n JOIN held h ON h.id = n.app_id AND h.key_version_id IS NOT DISTINCT FROM n.key_version_id
        WHERE d.id = n.id AND d.revision = n.revision
       RETURNING d.id),
     gone AS (DELETE FROM data_key_failure f USING moved WHERE f.data_key_id = moved.id)
     SELECT FROM moved`,
    [
      changes.map((change) => change.id),
      changes.map((change) => change.appId),
      changes.map((change) => change.revision),
      changes.map((change) => change.keyVersionId),
      changes.map((change) => change.wrappingKeyId),
      starts,
      lengths,
      bytes,
    ],
  );
}

/** Data keys that were tried one by one and could not be moved. One that has moved meanwhile is left out. */
export async function recordFailures(
  transitionId: string,
  failures: (TransitionFailure & { id: string; revision: number })[],
): Promise<void> {
  if (failures.length === 0) return;
  await db().$executeRaw`
    INSERT INTO data_key_failure (data_key_id, transition_id, code, message, provider_request_ids, first_at, last_at)
    SELECT d.id, ${transitionId}::uuid, n.code, n.message::jsonb, string_to_array(n.requests, ' '), now(), now()
      FROM unnest(${failures.map((f) => f.id)}::uuid[], ${failures.map((f) => f.revision)}::int[], ${failures.map((f) => f.code)}::text[],
                  ${failures.map((f) => toJson(f.message))}::text[], ${failures.map((f) => f.providerRequestIds.join(' '))}::text[])
           AS n(id, revision, code, message, requests)
      JOIN data_key d ON d.id = n.id AND d.revision = n.revision
    ON CONFLICT (data_key_id) DO UPDATE SET ${again}`;
}

/** Which of a key transition's remaining data keys a refusal concerns. */
export type Concerned =
  | { wrappedBy: string | null }
  /** Also current ones, whose app could not get its fresh data key. */
  | { goingTo: string | null }
  | { appId: string };

/** Records the same reason for all data keys that it keeps from moving; not again for those tried since `since`. */
export async function recordRefusal(
  transitionId: string,
  concerned: Concerned,
  failure: TransitionFailure,
  since: Date,
): Promise<void> {
  await db().$executeRaw`
    INSERT INTO data_key_failure (data_key_id, transition_id, code, message, provider_request_ids, first_at, last_at)
    SELECT d.id, ${transitionId}::uuid, ${failure.code}, ${toJson(failure.message)}::jsonb, ${failure.providerRequestIds}::text[], now(), now()
      FROM key_transition_app m JOIN app a ON a.id = m.app_id JOIN data_key d ON d.app_id = a.id
     WHERE m.transition_id = ${transitionId}::uuid AND d.key_version_id IS DISTINCT FROM a.key_version_id AND ${which(concerned)}
    ON CONFLICT (data_key_id) DO UPDATE SET ${again}
     WHERE data_key_failure.last_at < ${since} OR data_key_failure.transition_id <> excluded.transition_id`;
}

/** The reason for which most data keys of a key transition were not rewrapped, and how many were not, for whichever reason. */
export async function mainFailure(transitionId: string): Promise<(TransitionFailure & { count: number }) | undefined> {
  const [row] = await db().$queryRaw<MainFailureRow[]>`
    SELECT code, message, detail, (min(provider_request_ids)) AS "providerRequestIds", (sum(count(*)) OVER ())::int AS count
      FROM data_key_failure f JOIN data_key d ON d.id = f.data_key_id JOIN app a ON a.id = d.app_id
     WHERE f.transition_id = ${transitionId}::uuid AND d.key_version_id IS DISTINCT FROM a.key_version_id
     GROUP BY code, message, detail ORDER BY count(*) DESC, code, message, detail LIMIT 1`;
  if (!row) return undefined;
  const { message, detail, ...failure } = row;
  return { ...failure, message: storedMessage(message, detail) };
}

type MainFailureRow = Omit<TransitionFailure, 'message'> & { count: number; message: unknown; detail: string | null };

/** How a failure that stands already is told anew. */
const again = Prisma.sql`
  transition_id = excluded.transition_id, code = excluded.code, message = excluded.message, detail = NULL, provider_request_ids = excluded.provider_request_ids,
  last_at = excluded.last_at, attempts = data_key_failure.attempts + 1`;

function toJson(message: Message | null): string | null {
  return message && JSON.stringify(message);
}

function which(concerned: Concerned): Prisma.Sql {
  if ('appId' in concerned) return Prisma.sql`a.id = ${concerned.appId}::uuid`;
  if ('goingTo' in concerned) return Prisma.sql`a.key_version_id IS NOT DISTINCT FROM ${concerned.goingTo}::uuid`;
  return Prisma.sql`d.key_version_id IS NOT DISTINCT FROM ${concerned.wrappedBy}::uuid`;
}
