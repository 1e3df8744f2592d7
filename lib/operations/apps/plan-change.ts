import { z } from 'zod';
import { Refusal } from '../../byok/errors.ts';
import type { PlanView } from '../../byok/transition-views.ts';
import { getConfig } from '../../config/config.ts';
import { listAppProtection } from '../../db/app-store.ts';
import { db } from '../../db/client.ts';
import { findKey, type KeyRow, workingOf } from '../../db/key-store.ts';
import { type AppTarget, listUnfinishedApps } from '../../db/key-transitions.ts';
import { findTenant } from '../../db/tenant-store.ts';
import { listWrappedSamples } from '../../db/version-store.ts';
import { operation } from '../operation.ts';
import { type PlannedApp, planOf } from './plan.ts';
import { refusalOfChange } from './plan-refusal.ts';
import { type Change, planTargets, type Targets } from './plan-targets.ts';
import { selectionSchema } from './selection.ts';

/**
 * What a command would do, without doing it: counted from the data, with an upper bound of the calls to the customer's
 * key and with why the command would be refused now.
 */
export const planChange = operation({
  name: 'plan-change',
  permission: 'keys.read',
  input: z.object({
    keyId: z.uuid(),
    change: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('rotate'), reencrypt: z.boolean() }),
      z.object({ kind: z.literal('select-apps'), selection: selectionSchema }),
      z.object({ kind: z.literal('revert') }),
      z.object({ kind: z.literal('rekey'), appId: z.uuid(), reencrypt: z.boolean() }),
    ]),
  }),
  async run(context, { keyId, change }): Promise<PlanView> {
    const [tenant, key] = await Promise.all([findTenant(context.tenantId), findKey(context.tenantId, keyId)]);
    if (!tenant || !key) throw new Refusal('not-found');
    const planned = await planTargets(key, context.tenantId, change);
    const { rewrapCallsAtOnce, rewrapCallsPerSecond } = getConfig();
    return {
      ...planOf({
        apps: await plannedApps(key, context.tenantId, change, planned),
        proofs: await countProofs(key, planned),
        callsAtOnce: rewrapCallsAtOnce,
        callsPerSecond: rewrapCallsPerSecond,
        cacheTtlSeconds: tenant.cacheTtlSeconds,
        providers: [key.currentVersion?.provider, change.kind === 'rotate' ? workingOf(key)?.provider : undefined],
      }),
      appsAdded: planned.added,
      appsRemoved: planned.removed,
      refusal: await refusalOfChange({ context, key, tenant, change, planned }),
    };
  },
});

/** The apps of the command, and those for which a key transition that it supersedes has something left to do. */
async function plannedApps(key: KeyRow, tenantId: string, change: Change, planned: Targets): Promise<PlannedApp[]> {
  if (planned.shares.every((share) => share.ids.length === 0)) return [];
  const left = change.kind === 'rekey' ? [] : await listUnfinishedApps(db(), key.id);
  const leftById = new Map(left.map((app) => [app.id, app]));
  const targets = new Map<string, AppTarget>(leftById);
  for (const { ids, versionId, reencrypt } of planned.shares) {
    for (const id of ids) {
      const owed = versionId !== null && leftById.get(id)?.reencrypt === true;
      targets.set(id, { id, keyVersionId: versionId, reencrypt: reencrypt || owed });
    }
  }
  const apps = await listAppProtection(tenantId);
  return apps.flatMap(({ id, wrappings, records }) => {
    const target = targets.get(id);
    const rewrap = change.kind !== 'rekey';
    return target ? [{ to: target.keyVersionId, rewrap, reencrypt: target.reencrypt, wrappings, records }] : [];
  });
}

async function countProofs(key: KeyRow, { proofs }: Targets): Promise<number> {
  const samples = await Promise.all(proofs.map(({ only }) => listWrappedSamples(key.id, only)));
  return samples.flat().length;
}
