import 'server-only';
import type { TransitionKind } from '../../byok/transition-views.ts';
import type { Tx } from '../../db/client.ts';
import { enqueue } from '../../db/job-queue.ts';
import { listUnfinishedApps } from '../../db/key-transitions.ts';
import { beginTransition, insertTransition } from '../../db/transition-store.ts';
import type { RunContext } from '../operation.ts';

/** Apps that go the same way: to a key version, or for null to the platform key. */
export type Share = { ids: string[]; versionId: string | null; reencrypt: boolean };

/**
 * Begins the transition of a key, and an app goes straight from one key to another: one transition, of the key that it goes to.
 * From this transaction on its apps belong to where they are led. What a key transition that it
 * supersedes had left to do is taken along, also for apps that the new command says nothing about.
 */
export async function startKeyTransition(
  tx: Tx,
  context: RunContext,
  transition: { keyId: string; kind: TransitionKind; versionId?: string },
  shares: Share[],
): Promise<string> {
  const named = new Set(shares.flatMap((share) => share.ids));
  const left = (await listUnfinishedApps(tx, transition.keyId)).filter((app) => !named.has(app.id));
  const transitionId = await insertTransition(tx, {
    ...transition,
    tenantId: context.tenantId,
    requestedBy: context.who,
    dueAt: context.now,
  });
  for (const [versionId, apps] of Map.groupBy(left, (app) => app.keyVersionId))
    shares = [...shares, { ids: apps.map((app) => app.id), versionId, reencrypt: false }];
  for (const share of shares) if (share.ids.length > 0) await beginTransition(tx, transitionId, share);
  await enqueue(tx, 'run-move', { moveId: transitionId }, context.now);
  return transitionId;
}
