import 'server-only';
import type { ErrorCode } from '../byok/errors.ts';
import type { Message } from '../byok/messages/message.ts';
import { db, type Tx } from './client.ts';
import { databaseNow } from './database-clock.ts';
import { Prisma } from './generated/client.ts';
import { countDataKeysLeft, countTransition, type TransitionWork } from './transition-store.ts';

/** What the job that carries transitions out writes down about them. */

/** Whether a key transition is still to be worked on: neither over nor superseded nor paused. */
export async function isStillRunnable(id: string): Promise<boolean> {
  const open = { id, finishedAt: null, cancelledAt: null, pausedAt: null };
  return (await db().transition.count({ where: open })) === 1;
}

export async function setPhase(id: string, phase: 'rewrapping' | 'reencrypting'): Promise<void> {
  await db().transition.updateMany({ where: { id, finishedAt: null, phase: { not: phase } }, data: { phase } });
}

/** Every app has its fresh data key: how much there is to move in all. Said once. */
export async function setTotals(id: string): Promise<void> {
  const { dataKeys, records } = await countTransition(id);
  await db().$executeRaw`
    UPDATE key_transition SET phase = 'rewrapping', data_keys_total = coalesce(data_keys_total, ${dataKeys.total}::int),
                    records_total = coalesce(records_total, ${records.total}::int)
     WHERE id = ${id}::uuid AND finished_at IS NULL`;
}

export async function setRecordsFailed(id: string, recordsFailed: number): Promise<void> {
  await db().transition.update({ where: { id }, data: { recordsFailed } });
}

/**
 * The next try is so much later than now, by the database's clock.
 * @returns false where it was superseded meanwhile, or another worker has said so of the same try
 */
export async function recordTransitionFailure(
  { id, attempts }: { id: string; attempts: number },
  failure: { code: ErrorCode; message: Message | null; nextTryInMs: number },
): Promise<boolean> {
  const message = failure.message && JSON.stringify(failure.message);
  const changed = await db().$executeRaw`
    UPDATE key_transition SET failure_code = ${failure.code}, failure_message = ${message}::jsonb, failure_detail = NULL, attempts = attempts + 1,
                    next_try_at = now() + make_interval(secs => ${failure.nextTryInMs}::float8 / 1000)
     WHERE id = ${id}::uuid AND attempts = ${attempts} AND finished_at IS NULL AND cancelled_at IS NULL`;
  return changed === 1;
}

/**
 * Writes down that every data key of a key transition has been tried, the first time; a rotation's key is active again with it.
 * What was recorded of a data key that has moved all the same goes.
 * @returns how many were not rewrapped, and whether an event of a finished rotation has told of this transition before;
 *   undefined where the transition is no longer to be settled
 */
export async function settleTransition(
  tx: Tx,
  transition: TransitionWork,
): Promise<{ failed: number; told: boolean } | undefined> {
  await lockKeyForUpdate(tx, transition);
  const open = await tx.transition.findFirst({ where: { id: transition.id, finishedAt: null, cancelledAt: null } });
  const { left, untried } = await countDataKeysLeft(transition.id, tx);
  if (!open || untried > 0) return undefined;
  await tx.$executeRaw`
    DELETE FROM data_key_failure f USING data_key d, app a
     WHERE f.transition_id = ${transition.id}::uuid AND d.id = f.data_key_id AND a.id = d.app_id AND d.key_version_id IS NOT DISTINCT FROM a.key_version_id`;
  if (!open.triedAt) await tx.transition.update({ where: { id: transition.id }, data: { triedAt: databaseNow() } });
  if (transition.kind === 'rotate' && transition.keyId)
    await tx.enterpriseKey.updateMany({
      where: { id: transition.keyId, state: 'rotating', currentVersionId: transition.versionId },
      data: { state: 'active', changedBy: 'Keyward', changeMade: 'finish-rotation', revision: { increment: 1 } },
    });
  // Transitions of one key follow one another, so an event since this one was begun is about it.
  const events = await tx.auditEvent.count({
    where: {
      tenantId: transition.tenantId,
      operation: 'finish-rotation',
      target: transition.keyId,
      at: { gte: transition.createdAt },
    },
  });
  return { failed: left, told: events > 0 };
}

/**
 * Ends a key transition of which nothing is left. A revert ends its key with it: no version is active any more, and what was
 * configured, the choice of apps included, stays as history.
 * @returns false where somebody else has ended it
 */
export async function endTransition(tx: Tx, transition: TransitionWork): Promise<boolean> {
  await lockKeyForUpdate(tx, transition);
  const now = databaseNow();
  const ended = await tx.transition.updateMany({
    where: { id: transition.id, finishedAt: null, cancelledAt: null },
    data: {
      phase: 'done',
      finishedAt: now,
      triedAt: transition.triedAt ?? now,
      failureCode: null,
      failureMessage: Prisma.DbNull,
      failureDetail: null,
      nextTryAt: null,
      recordsFailed: 0,
    },
  });
  if (ended.count === 0) return false;
  if (transition.kind === 'revert' && transition.keyId) {
    await tx.enterpriseKey.update({
      where: { id: transition.keyId },
      data: {
        state: 'reverted',
        revertedAt: now,
        currentVersionId: null,
        changedBy: 'Keyward',
        changeMade: 'finish-revert',
        revision: { increment: 1 },
      },
    });
    await tx.keyConfiguration.updateMany({ where: { keyId: transition.keyId }, data: { standing: 'superseded' } });
  }
  return true;
}

/** Commands on a key and the ends of its transitions follow one another. */
async function lockKeyForUpdate(tx: Tx, transition: TransitionWork): Promise<void> {
  if (transition.keyId)
    await tx.$executeRaw`SELECT 1 FROM enterprise_key WHERE id = ${transition.keyId}::uuid FOR UPDATE`;
}
