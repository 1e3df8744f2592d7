import 'server-only';
import type { ErrorCode } from '../byok/errors.ts';
import type { Message } from '../byok/messages/message.ts';
import { db, type Tx } from './client.ts';
import { databaseNow } from './database-clock.ts';
import { Prisma } from './generated/client.ts';
import { countDataKeysLeft, countMove, type MoveWork } from './move-store.ts';

/** What the job that carries moves out writes down about them. */

/** Whether a move is still to be worked on: neither over nor superseded nor paused. */
export async function moveStands(id: string): Promise<boolean> {
  const open = { id, finishedAt: null, cancelledAt: null, pausedAt: null };
  return (await db().move.count({ where: open })) === 1;
}

export async function setPhase(id: string, phase: 'rewrapping' | 'reencrypting'): Promise<void> {
  await db().move.updateMany({ where: { id, finishedAt: null, phase: { not: phase } }, data: { phase } });
}

/** Every app has its fresh data key: how much there is to move in all. Said once. */
export async function setTotals(id: string): Promise<void> {
  const { dataKeys, records } = await countMove(id);
  await db().$executeRaw`
    UPDATE move SET phase = 'rewrapping', data_keys_total = coalesce(data_keys_total, ${dataKeys.total}::int),
                    records_total = coalesce(records_total, ${records.total}::int)
     WHERE id = ${id}::uuid AND finished_at IS NULL`;
}

export async function setRecordsFailed(id: string, recordsFailed: number): Promise<void> {
  await db().move.update({ where: { id }, data: { recordsFailed } });
}

/**
 * The next try is so much later than now, by the database's clock.
 * @returns false where it was superseded meanwhile, or another worker has said so of the same try
 */
export async function recordMoveFailure(
  { id, attempts }: { id: string; attempts: number },
  failure: { code: ErrorCode; message: Message | null; nextTryInMs: number },
): Promise<boolean> {
  const message = failure.message && JSON.stringify(failure.message);
  const changed = await db().$executeRaw`
    UPDATE move SET failure_code = ${failure.code}, failure_message = ${message}::jsonb, failure_detail = NULL, attempts = attempts + 1,
                    next_try_at = now() + make_interval(secs => ${failure.nextTryInMs}::float8 / 1000)
     WHERE id = ${id}::uuid AND attempts = ${attempts} AND finished_at IS NULL AND cancelled_at IS NULL`;
  return changed === 1;
}

/**
 * Writes down that every data key of a move has been tried, the first time; a rotation's key is active again with it.
 * What was recorded of a data key that has moved all the same goes.
 * @returns how many are left behind, and whether an event of a finished rotation has told of this move before;
 *   undefined where the move is no longer to be settled
 */
export async function settleMove(tx: Tx, move: MoveWork): Promise<{ failed: number; told: boolean } | undefined> {
  await takeKey(tx, move);
  const open = await tx.move.findFirst({ where: { id: move.id, finishedAt: null, cancelledAt: null } });
  const { left, untried } = await countDataKeysLeft(move.id, tx);
  if (!open || untried > 0) return undefined;
  await tx.$executeRaw`
    DELETE FROM data_key_failure f USING data_key d, app a
     WHERE f.move_id = ${move.id}::uuid AND d.id = f.data_key_id AND a.id = d.app_id AND d.key_version_id IS NOT DISTINCT FROM a.key_version_id`;
  if (!open.triedAt) await tx.move.update({ where: { id: move.id }, data: { triedAt: databaseNow() } });
  if (move.kind === 'rotate' && move.keyId)
    await tx.enterpriseKey.updateMany({
      where: { id: move.keyId, state: 'rotating', currentVersionId: move.versionId },
      data: { state: 'active', changedBy: 'Keyward', changeMade: 'finish-rotation', revision: { increment: 1 } },
    });
  // Moves of one key follow one another, so an event since this one was begun is about it.
  const events = await tx.auditEvent.count({
    where: { tenantId: move.tenantId, operation: 'finish-rotation', target: move.keyId, at: { gte: move.createdAt } },
  });
  return { failed: left, told: events > 0 };
}

/**
 * Ends a move of which nothing is left. A revert ends its key with it: no version is in force any more, and what was
 * configured, the choice of apps included, stays as history.
 * @returns false where somebody else has ended it
 */
export async function endMove(tx: Tx, move: MoveWork): Promise<boolean> {
  await takeKey(tx, move);
  const now = databaseNow();
  const ended = await tx.move.updateMany({
    where: { id: move.id, finishedAt: null, cancelledAt: null },
    data: {
      phase: 'done',
      finishedAt: now,
      triedAt: move.triedAt ?? now,
      failureCode: null,
      failureMessage: Prisma.DbNull,
      failureDetail: null,
      nextTryAt: null,
      recordsFailed: 0,
    },
  });
  if (ended.count === 0) return false;
  if (move.kind === 'revert' && move.keyId) {
    await tx.enterpriseKey.update({
      where: { id: move.keyId },
      data: {
        state: 'reverted',
        revertedAt: now,
        currentVersionId: null,
        changedBy: 'Keyward',
        changeMade: 'finish-revert',
        revision: { increment: 1 },
      },
    });
    await tx.keyConfiguration.updateMany({ where: { keyId: move.keyId }, data: { standing: 'superseded' } });
  }
  return true;
}

/** Commands on a key and the ends of its moves follow one another. */
async function takeKey(tx: Tx, move: MoveWork): Promise<void> {
  if (move.keyId) await tx.$executeRaw`SELECT 1 FROM enterprise_key WHERE id = ${move.keyId}::uuid FOR UPDATE`;
}
