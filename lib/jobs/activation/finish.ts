import 'server-only';
import { randomUUID } from 'node:crypto';
import { type ActivationWork, countActivation, updateActivation } from '../../db/activation-store.ts';
import { appendAudit } from '../../db/audit-store.ts';
import { transaction } from '../../db/client.ts';
import { deleteUnusedDataKeys } from '../../db/data-key-store.ts';
import type { ActivationTask } from './task.ts';

/**
 * Deletes old data keys that nothing hangs on, and says that the activation is done only where the data says so. A
 * write that was under way with an old data key leaves something to do: then this run ends and the next goes on.
 */
export async function finish(task: ActivationTask, work: ActivationWork): Promise<void> {
  const deleted = await deleteUnusedDataKeys(task.configurationId);
  const counts = await countActivation(task.configurationId, task.versionId);
  if (counts.appsDone < counts.appsTotal || counts.dataKeysLeft > 0 || counts.recordsLeft > 0) return;
  await transaction(async (tx) => {
    await updateActivation(
      task.activationId,
      { phase: 'done', finishedAt: new Date(), failureCode: null, failureDetail: null, nextTryAt: null },
      tx,
    );
    await appendAudit(
      {
        tenantId: work.key.tenantId,
        actor: 'Keyward',
        actorRole: 'system',
        operation: 'finish-activation',
        outcome: 'done',
        target: work.keyId,
        after: { apps: counts.appsDone, records: counts.recordsTotal, dataKeysDeleted: deleted },
        requestId: randomUUID(),
      },
      tx,
    );
  });
}
