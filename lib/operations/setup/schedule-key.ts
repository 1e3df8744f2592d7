import { z } from 'zod';
import { checkIds } from '../../byok/checks.ts';
import { readDraft, rulesOf } from '../../byok/connection.ts';
import { Refusal } from '../../byok/errors.ts';
import { countSelected, listTakenApps } from '../../db/app-store.ts';
import { enqueue } from '../../db/job-queue.ts';
import { editedOf, promoteWorkingCopy, updateConfiguration, updateKey } from '../../db/key-store.ts';
import { releaseSecrets } from '../../db/secret-store.ts';
import { findTenant, lockTenant } from '../../db/tenant-store.ts';
import { insertTransition } from '../../db/transition-store.ts';
import { obstaclesTo } from '../../key-lifecycle/obstacles.ts';
import { lockKeyForUpdate } from '../keys/lock-key.ts';
import { operation } from '../operation.ts';
import { lastReport } from './report-view.ts';

/**
 * Proceed: from the enforcement date on the key is to protect the chosen apps. Only with a passing test of exactly
 * this configuration, its warnings acknowledged by name. One transaction: key, apps, audit, job.
 */
export const scheduleKey = operation({
  name: 'schedule-key',
  permission: 'keys.write',
  input: z.object({ keyId: z.uuid(), revision: z.int(), acknowledged: z.array(z.enum(checkIds)).max(checkIds.length) }),
  async run(context, input): Promise<{ enforcementAt: string }> {
    const tenant = await findTenant(context.tenantId);
    if (!tenant) throw new Refusal('not-found');
    return context.commit(async (tx) => {
      await lockTenant(tx, tenant.id);
      const key = await lockKeyForUpdate(tx, context, 'schedule', input);
      const row = editedOf(key);
      const report = await lastReport(tx, key, row, tenant);
      const [selected, takenApps] = [await countSelected(tx, row.id), await listTakenApps(tx, key.id, row.id)];
      const obstacle = obstaclesTo({ configuration: row, tenant, report, selected, takenApps, now: context.now })[0];
      if (obstacle) throw new Refusal(obstacle.code, { details: { reason: obstacle.text, step: obstacle.step } });
      const open = (report?.warnings ?? []).filter((warning) => !input.acknowledged.includes(warning));
      if (open.length > 0) throw new Refusal('warnings-not-acknowledged', { details: { warnings: open } });

      const draft = readDraft(row);
      const enforcementAt = row.enforcementChoice === 'at' && row.enforcementAt ? row.enforcementAt : context.now;
      const configurationId = await promoteWorkingCopy(tx, key, {
        who: context.who,
        at: context.now,
        enforcementAt,
      });
      await updateConfiguration(tx, configurationId, { acknowledged: input.acknowledged });
      await releaseSecrets(tx, tenant.id);
      const transitionId = await insertTransition(tx, {
        tenantId: tenant.id,
        keyId: key.id,
        kind: 'activate',
        configurationId,
        requestedBy: context.who,
        cause: 'date',
        dueAt: enforcementAt,
      });
      await updateKey(tx, key.id, context, { state: 'scheduled' });
      await enqueue(tx, 'run-move', { moveId: transitionId }, enforcementAt);
      return {
        data: { enforcementAt: enforcementAt.toISOString() },
        audit: {
          target: key.id,
          before: { state: key.state },
          after: {
            state: 'scheduled',
            enforcementAt: enforcementAt.toISOString(),
            ...rulesOf(draft).forHistory(draft),
            apps: selected,
            acknowledged: input.acknowledged,
          },
        },
      };
    });
  },
});
