import { z } from 'zod';
import { Refusal } from '../../byok/errors.ts';
import { message } from '../../byok/messages/catalogue.ts';
import type { Message } from '../../byok/messages/message.ts';
import { findAppUnder } from '../../db/app-store.ts';
import { chooseApp, leaveTransitions } from '../../db/assignment-store.ts';
import { db, type Tx } from '../../db/client.ts';
import { type KeyRow, updateKey } from '../../db/key-store.ts';
import { lockTenant } from '../../db/tenant-store.ts';
import { lockKeyRow } from '../keys/lock-key.ts';
import { operation, type RunContext } from '../operation.ts';
import { startKeyTransition } from '../transitions/start-transition.ts';
import { type Assignment, assignmentObstacle, findAssignment, proveAssignment } from './assignment.ts';

const seenKey = z.object({ keyId: z.uuid(), revision: z.int() }).nullable();

/**
 * Puts one app under another key of the tenant's, or back under the platform key: the same way as Update Apps goes, in one
 * transition that leads straight from the one to the other. `from` and `to` are what the caller has seen; null is the platform key.
 */
export const assignApp = operation({
  name: 'assign-app',
  permission: 'keys.write',
  limit: 'move',
  input: z.object({ appId: z.uuid(), from: seenKey, to: seenKey }),
  async run(context, input): Promise<{ transitionId: string }> {
    const { appId, from, to } = input;
    const seen = await findAssignment(db(), context.tenantId, { appId, to: to?.keyId ?? null });
    const providerRequestIds = seen.from?.id === from?.keyId ? await proveAssignment(seen) : [];
    return context.commit(async (tx) => {
      await lockTenant(tx, context.tenantId);
      const assignment = await take(tx, context, input);
      const obstacle = await assignmentObstacle(tx, assignment);
      if (obstacle) throw new Refusal('not-allowed-in-state', { details: { reason: obstacle } });
      const transitionId = await lead(tx, context, assignment);
      return {
        data: { transitionId },
        audit: {
          target: appId,
          before: { app: assignment.app.name, protectedBy: nameOf(assignment.from) },
          after: { app: assignment.app.name, protectedBy: nameOf(assignment.to) },
          providerRequestIds,
        },
      };
    });
  },
});

type Input = { appId: string; from: Seen; to: Seen };
type Seen = { keyId: string; revision: number } | null;

/** Both keys' rows, in the order of their IDs: whoever takes the same two does not wait for ever. */
async function take(tx: Tx, context: RunContext, { appId, from, to }: Input): Promise<Assignment> {
  const taken = new Map<string, KeyRow>();
  const keys = [from, to].filter((key) => key !== null).toSorted((a, b) => (a.keyId < b.keyId ? -1 : 1));
  for (const key of keys) taken.set(key.keyId, await lockKeyRow(tx, context, key));
  const app = await findAppUnder(tx, context.tenantId, appId);
  if (!app) throw new Refusal('not-found');
  if (app.keyId !== (from?.keyId ?? null))
    throw new Refusal('conflict', { details: { reason: 'The app was moved to another key meanwhile.' } });
  return { app, from: taken.get(from?.keyId ?? '') ?? null, to: taken.get(to?.keyId ?? '') ?? null };
}

/** One transition, of the key that the app goes to, else of the one that it leaves. */
async function lead(tx: Tx, context: RunContext, { app, from, to }: Assignment): Promise<string> {
  const moved = to ?? from;
  if (!moved?.currentVersionId) throw new Error(`app ${app.id} is led to nowhere`);
  if (from) {
    await chooseApp(tx, from.id, app.id, false);
    if (to) await leaveTransitions(tx, from.id, app.id);
    await updateKey(tx, from.id, context, {});
  }
  if (to) {
    await chooseApp(tx, to.id, app.id, true);
    await updateKey(tx, to.id, context, {});
  }
  const versionId = to ? moved.currentVersionId : null;
  const transition = { keyId: moved.id, kind: 'select-apps' as const, versionId: moved.currentVersionId };
  return startKeyTransition(tx, context, transition, [{ ids: [app.id], versionId, reencrypt: to !== null }]);
}

function nameOf(key: KeyRow | null): Message {
  if (!key) return message('platform-key');
  return message('key-version', { alias: key.alias, version: key.currentVersion?.number ?? 0 });
}
