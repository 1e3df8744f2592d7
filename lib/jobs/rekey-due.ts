import 'server-only';
import { randomUUID } from 'node:crypto';
import { getConfig } from '../config/config.ts';
import { appendAudit } from '../db/audit-store.ts';
import { transaction } from '../db/client.ts';
import { databaseNow } from '../db/database-clock.ts';
import { enqueue } from '../db/job-queue.ts';
import { type DueForRekey, listDueForRekey, type RekeyLimits, takeDueForRekey } from '../db/rekey-store.ts';
import { beginTransition, insertTransition } from '../db/transition-store.ts';

/** So many at a time, so that data keys that were all made on one day are not all replaced in one minute. */
const perSweep = 20;
const dayMs = 24 * 60 * 60 * 1_000;

/**
 * Begins the rekey of apps whose current data key has served its time or sealed its share of messages. Several processes
 * may do this at once: each app's row decides.
 * @returns how many were begun
 */
export async function rekeyDue(now = databaseNow()): Promise<number> {
  const { rekeyAfterDays, rekeyAfterMessages } = getConfig();
  const limits = { madeBefore: new Date(now.getTime() - rekeyAfterDays * dayMs), messages: rekeyAfterMessages };
  let begun = 0;
  for (const due of await listDueForRekey(limits, perSweep)) if (await begin(due, limits, now)) begun++;
  return begun;
}

/** @returns false where somebody else was first */
function begin(listed: DueForRekey, limits: RekeyLimits, now: Date): Promise<boolean> {
  return transaction(async (tx) => {
    const due = await takeDueForRekey(tx, listed, limits);
    if (!due) return false;
    const { appId, tenantId, keyId, versionId, cause } = due;
    const transition = { tenantId, keyId, kind: 'rekey', requestedBy: 'Keyward', cause, dueAt: now } as const;
    const transitionId = await insertTransition(tx, { ...transition, ...(versionId ? { versionId } : {}) });
    await beginTransition(tx, transitionId, { ids: [appId], versionId, reencrypt: false });
    await appendAudit(
      {
        tenantId,
        actor: 'Keyward',
        actorRole: 'system',
        operation: 'rekey-app',
        outcome: 'done',
        target: keyId ?? appId,
        before: { dataKeyId: due.dataKeyId },
        after: { appId, cause, reencrypt: false },
        requestId: randomUUID(),
      },
      tx,
    );
    await enqueue(tx, 'run-move', { moveId: transitionId }, now);
    return true;
  });
}
