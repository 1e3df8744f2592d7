import 'server-only';
import { randomUUID } from 'node:crypto';
import { type MoveWork, countMove, updateMove } from '../../db/move-store.ts';
import { appendAudit } from '../../db/audit-store.ts';
import { transaction } from '../../db/client.ts';
import { deleteUnusedDataKeys } from '../../db/data-key-store.ts';
import type { MoveTask } from './task.ts';

/**
 * Deletes old data keys that nothing hangs on, and says that the activation is done only where the data says so. A
 * write that was under way with an old data key leaves something to do: then this run ends and the next goes on.
 */
export async function finish(task: MoveTask, work: MoveWork): Promise<void> {
  const deleted = await deleteUnusedDataKeys(task.moveId);
  const { apps, dataKeys, records } = await countMove(task.moveId);
  if (apps.done < apps.total || dataKeys.done < dataKeys.total || records.done < records.total) return;
  await transaction(async (tx) => {
    await updateMove(
      task.moveId,
      { phase: 'done', finishedAt: new Date(), failureCode: null, failureDetail: null, nextTryAt: null },
      tx,
    );
    await appendAudit(
      {
        tenantId: work.tenantId,
        actor: 'Keyward',
        actorRole: 'system',
        operation: 'finish-activation',
        outcome: 'done',
        ...(work.keyId ? { target: work.keyId } : {}),
        after: { apps: apps.done, dataKeys: dataKeys.done, records: records.done, dataKeysDeleted: deleted },
        requestId: randomUUID(),
      },
      tx,
    );
  });
}
