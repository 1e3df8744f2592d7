import { z } from 'zod';
import { Refusal } from '../../byok/errors.ts';
import { findAppUnder, lockApp } from '../../db/app-store.ts';
import type { Tx } from '../../db/client.ts';
import { enqueue } from '../../db/job-queue.ts';
import { findKey, lockKey } from '../../db/key-store.ts';
import { lockTenant } from '../../db/tenant-store.ts';
import { beginTransition, insertTransition } from '../../db/transition-store.ts';
import { allow } from '../keys/lock-key.ts';
import { operation, type RunContext } from '../operation.ts';
import { rekeyObstacle } from './rekey-obstacle.ts';

/** A fresh data key for one app under what it belongs to, and on request its stored records sealed again under that. */
export const rekeyApp = operation({
  name: 'rekey-app',
  permission: 'keys.write',
  limit: 'rekey',
  input: z.object({ appId: z.uuid(), reencrypt: z.boolean() }),
  async run(context, { appId, reencrypt }): Promise<{ transitionId: string }> {
    return context.commit(async (tx) => {
      await lockTenant(tx, context.tenantId);
      const app = await findAppUnder(tx, context.tenantId, appId);
      if (!app) throw new Refusal('not-found');
      if (app.keyId) await allowUnderKey(tx, context, app.keyId);
      await lockApp(tx, context.tenantId, appId);
      const obstacle = await rekeyObstacle(tx, context.tenantId, appId);
      if (obstacle) throw obstacle;
      // An activation takes no tenant's row: the app may have come under a key until its own row was taken.
      const still = await findAppUnder(tx, context.tenantId, appId);
      if (still?.keyVersionId !== app.keyVersionId)
        throw new Refusal('conflict', { details: { by: 'Keyward', change: 'moved this app to another key' } });
      const transitionId = await insertTransition(tx, {
        tenantId: context.tenantId,
        keyId: app.keyId,
        kind: 'rekey',
        ...(app.keyVersionId ? { versionId: app.keyVersionId } : {}),
        requestedBy: context.who,
        dueAt: context.now,
      });
      await beginTransition(tx, transitionId, { ids: [appId], versionId: app.keyVersionId, reencrypt });
      await enqueue(tx, 'run-move', { moveId: transitionId }, context.now);
      return {
        data: { transitionId },
        audit: { target: app.keyId ?? appId, after: { appId, app: app.name, reencrypt, cause: 'request' } },
      };
    });
  },
});

/** Key first, then app: in the order in which every other command takes them. */
async function allowUnderKey(tx: Tx, context: RunContext, keyId: string): Promise<void> {
  await lockKey(tx, context.tenantId, keyId);
  const key = await findKey(context.tenantId, keyId, tx);
  if (!key) throw new Refusal('not-found');
  await allow('rekey', key);
}
