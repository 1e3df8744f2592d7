import 'server-only';
import { type Message, storedMessage } from '../byok/messages/message.ts';
import type { Tx } from './client.ts';
import { db } from './client.ts';
import type { TransitionRow } from './key-store.ts';
import { countTransition } from './transition-store.ts';

/** What the page and the commands of a key ask about its transitions; how a key transition goes on is transition-store.ts's. */

export type TakenOver = {
  /** Stored records that lay under another wrapping before and are sealed again. */
  records: number;
  /** Envelopes that services hold lie under data keys that lay under another wrapping before; how many is not known. */
  outside: boolean;
  /** When the last of them was; null while that is not over. */
  endedAt: Date | null;
};

/**
 * What a key has taken over from the platform key. What a superseded transition had left to do is over when the transition that
 * superseded it is, or the one after that.
 */
export async function listTakenOver(keyId: string): Promise<TakenOver[]> {
  const transitions = await db().transition.findMany({
    where: { keyId, kind: { not: 'rekey' }, startedAt: { not: null } },
    orderBy: { createdAt: 'asc' },
    select: { id: true, kind: true, recordsTotal: true, startedAt: true, finishedAt: true, cancelledAt: true },
  });
  const taking = transitions.filter(
    (transition) => transition.kind === 'activate' || transition.kind === 'select_apps',
  );
  return Promise.all(
    taking.map(async (transition) => {
      const later = transitions.slice(transitions.indexOf(transition)).find((one) => one.cancelledAt === null);
      // Until every app has its fresh data key, how many there are is not settled.
      const records = transition.recordsTotal ?? (await countTransition(transition.id)).records.total;
      return { records, outside: await tookOutside(transition), endedAt: later?.finishedAt ?? null };
    }),
  );
}

/** A data key that is older than the transition, of one of its apps, has sealed what services keep for themselves. */
async function tookOutside({ id, startedAt }: { id: string; startedAt: Date | null }): Promise<boolean> {
  const [row] = await db().$queryRaw<{ outside: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM key_transition_app s JOIN data_key d ON d.app_id = s.app_id
                    WHERE s.transition_id = ${id}::uuid AND d.created_at < ${startedAt} AND d.issued_outside_at IS NOT NULL) AS outside`;
  return row?.outside ?? false;
}

/** Rekeys of a tenant's apps that are not over, newest first. */
export async function listOpenRekeys(
  tenantId: string,
  limit: number,
): Promise<{ appId: string; transition: TransitionRow }[]> {
  const rows = await db().transitionApp.findMany({
    where: { transition: { tenantId, kind: 'rekey', finishedAt: null, cancelledAt: null } },
    include: { transition: true },
    orderBy: { transition: { createdAt: 'desc' } },
    take: limit,
  });
  return rows.map(({ appId, transition }) => ({ appId, transition }));
}

/** By version of a key: data keys that a key transition which is not over could not take away from it, and why the first stayed. */
export async function listStuck(keyId: string): Promise<Map<string, { dataKeys: number; message: Message | null }>> {
  const rows = await db().$queryRaw<StuckRow[]>`
    SELECT v.id AS "versionId", count(*)::int AS "dataKeys",
           (array_agg(f.message ORDER BY f.first_at, f.data_key_id))[1] AS message,
           (array_agg(f.detail ORDER BY f.first_at, f.data_key_id))[1] AS detail
      FROM data_key_failure f JOIN data_key d ON d.id = f.data_key_id JOIN app a ON a.id = d.app_id
           JOIN key_version v ON v.id = d.key_version_id
     WHERE v.key_id = ${keyId}::uuid AND d.key_version_id IS DISTINCT FROM a.key_version_id GROUP BY v.id`;
  return new Map(
    rows.map(({ versionId, dataKeys, message, detail }) => [
      versionId,
      { dataKeys, message: storedMessage(message, detail) },
    ]),
  );
}

type StuckRow = { versionId: string; dataKeys: number; message: unknown; detail: string | null };

export type AppTarget = {
  id: string;
  keyVersionId: string | null;
  /** Its stored records are to be sealed again. */
  reencrypt: boolean;
};

/**
 * Apps for which a key transition of this key has something left to do, with what they belong to: a data key of theirs lies under
 * a version of this key, or should, and does not; or records that are to be sealed again wait. Whoever supersedes
 * the transition takes them along, so that nothing of it is lost.
 */
export function listUnfinishedApps(tx: Tx, keyId: string): Promise<AppTarget[]> {
  return tx.$queryRaw<AppTarget[]>`
    SELECT a.id, a.key_version_id AS "keyVersionId", s.reencrypt
      FROM key_transition m JOIN key_transition_app s ON s.transition_id = m.id JOIN app a ON a.id = s.app_id
     WHERE m.key_id = ${keyId}::uuid AND m.kind <> 'rekey' AND m.finished_at IS NULL AND m.cancelled_at IS NULL
       AND (EXISTS (SELECT 1 FROM data_key d WHERE d.app_id = a.id AND d.key_version_id IS DISTINCT FROM a.key_version_id)
            OR (s.reencrypt AND EXISTS (SELECT 1 FROM data_key d JOIN app_record r ON r.data_key_id = d.id
                                         WHERE d.app_id = a.id AND (d.state = 'old' OR d.id = s.from_data_key_id))))`;
}

/** A key transition of the tenant's, its row taken for the rest of the transaction. */
export async function lockTransitionRow(
  tx: Tx,
  tenantId: string,
  transitionId: string,
): Promise<TransitionRow | undefined> {
  await tx.$queryRaw`SELECT 1 FROM key_transition WHERE id = ${transitionId}::uuid AND tenant_id = ${tenantId}::uuid FOR UPDATE`;
  return (await tx.transition.findFirst({ where: { id: transitionId, tenantId } })) ?? undefined;
}

/** A paused transition is not begun, and one under way stops within a batch. */
export async function pause(tx: Tx, transitionId: string, by: string, at: Date): Promise<void> {
  await tx.transition.update({ where: { id: transitionId }, data: { pausedAt: at, pausedBy: by } });
}

/** Goes on, and does not wait for its next try. */
export async function resume(tx: Tx, transitionId: string): Promise<void> {
  await tx.transition.update({
    where: { id: transitionId },
    data: { pausedAt: null, pausedBy: null, nextTryAt: null },
  });
}

/** Transitions of an app that are not over. With a lock on the app's row taken before, none can be begun meanwhile. */
export function listOpenTransitions(tx: Tx, tenantId: string, appId: string): Promise<TransitionRow[]> {
  return tx.transition.findMany({
    where: { tenantId, finishedAt: null, cancelledAt: null, apps: { some: { appId } } },
    orderBy: { createdAt: 'asc' },
  });
}
