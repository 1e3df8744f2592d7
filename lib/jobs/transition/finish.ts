import 'server-only';
import { randomUUID } from 'node:crypto';
import { message } from '../../byok/messages/catalogue.ts';
import type { TransitionKind } from '../../byok/transition-views.ts';
import { appendAudit } from '../../db/audit-store.ts';
import { transaction } from '../../db/client.ts';
import { deleteUnusedDataKeys } from '../../db/data-key-store.ts';
import { findRecordLeft } from '../../db/reencrypt-store.ts';
import { mainFailure } from '../../db/rewrap-store.ts';
import { releaseSecrets } from '../../db/secret-store.ts';
import { endTransition, setRecordsFailed, settleTransition } from '../../db/transition-run-store.ts';
import { countTransition, type TransitionCounts, toTransitionKind } from '../../db/transition-store.ts';
import { because } from './because.ts';
import type { TransitionTask } from './task.ts';

/**
 * Every data key has been tried: other commands are open again, whatever was not rewrapped. A rotation ends here for
 * everybody but this job.
 */
export async function settle({ work }: TransitionTask): Promise<void> {
  await transaction(async (tx) => {
    const settled = await settleTransition(tx, work);
    if (work.kind !== 'rotate' || !settled || settled.failed > 0 || settled.told) return;
    await appendAudit(
      {
        tenantId: work.tenantId,
        actor: 'Keyward',
        actorRole: 'system',
        operation: finishOperations.rotate,
        outcome: 'done',
        ...(work.keyId ? { target: work.keyId } : {}),
        after: { state: 'active', dataKeys: work.dataKeysTotal ?? 0 },
        requestId: randomUUID(),
      },
      tx,
    );
  });
}

/**
 * Deletes old data keys that nothing hangs on, and says that the transition is over only where the data says so.
 * @throws why it is not; where nobody knows a reason, the run ends and the next one goes on
 */
export async function finish(task: TransitionTask): Promise<void> {
  const { work, locks } = task;
  if (!(await locks.hold(`move:${work.id}`))) return;
  const deleted = await deleteUnusedDataKeys(work.id);
  const counts = await countTransition(work.id);
  const left = counts.records.total - counts.records.done;
  if (left !== counts.records.failed) await setRecordsFailed(work.id, left);
  const { apps, dataKeys, records } = counts;
  if (apps.done < apps.total || dataKeys.done < dataKeys.total || left > 0) throw await reasonOf(task, counts);
  await transaction(async (tx) => {
    if (!(await endTransition(tx, work))) return;
    await releaseSecrets(tx, work.tenantId);
    const kind = toTransitionKind(work.kind);
    // A rotation was told of when every data key had moved.
    if (kind === 'rotate' && records.total === 0) return;
    await appendAudit(
      {
        tenantId: work.tenantId,
        actor: 'Keyward',
        actorRole: 'system',
        operation: kind === 'rotate' ? 'finish-reencryption' : finishOperations[kind],
        outcome: 'done',
        ...(work.keyId ? { target: work.keyId } : {}),
        after: {
          ...(kind === 'revert' ? { state: 'reverted' } : {}),
          apps: apps.done,
          dataKeys: dataKeys.done,
          records: records.done,
          dataKeysDeleted: deleted,
        },
        requestId: randomUUID(),
      },
      tx,
    );
  });
}

const finishOperations = {
  activate: 'finish-activation',
  rotate: 'finish-rotation',
  'select-apps': 'finish-update-apps',
  revert: 'finish-revert',
  rekey: 'finish-rekey',
} as const satisfies Record<TransitionKind, string>;

/** What was not rewrapped, and the main reason for it. */
async function reasonOf({ work, failures }: TransitionTask, { dataKeys, records }: TransitionCounts): Promise<Error> {
  if (failures.outage) return failures.outage;
  const main = await mainFailure(work.id);
  if (main) {
    const why = message('data-keys-left-behind', { reason: main.message, count: main.count, total: dataKeys.total });
    return because(main.code, why, main.providerRequestIds);
  }
  if (failures.refusal) return failures.refusal;
  const left = records.failed + records.left;
  const id = left > 0 ? await findRecordLeft(work.id) : undefined;
  if (id) return because('cannot-open', message('records-do-not-open', { count: left, recordId: id }));
  return because('conflict', message('written-meanwhile'));
}
