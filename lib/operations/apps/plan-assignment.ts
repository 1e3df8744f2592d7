import { z } from 'zod';
import { Refusal } from '../../byok/errors.ts';
import type { PlanView } from '../../byok/transition-views.ts';
import { getConfig } from '../../config/config.ts';
import { listAppProtection } from '../../db/app-store.ts';
import { db } from '../../db/client.ts';
import { findTenant } from '../../db/tenant-store.ts';
import { listWrappedSamples } from '../../db/version-store.ts';
import { operation } from '../operation.ts';
import { assignmentObstacle, findAssignment, proofsOf } from './assignment.ts';
import { planOf } from './plan.ts';

/** What assigning an app would move, without doing it, and why it would be refused now. `to` null is the platform key. */
export const planAssignment = operation({
  name: 'plan-assignment',
  permission: 'keys.read',
  input: z.object({ appId: z.uuid(), to: z.uuid().nullable() }),
  async run({ tenantId }, { appId, to }): Promise<PlanView> {
    const [tenant, assignment] = await Promise.all([
      findTenant(tenantId),
      findAssignment(db(), tenantId, { appId, to }),
    ]);
    if (!tenant) throw new Refusal('not-found');
    const target = assignment.to?.currentVersionId ?? null;
    const samples = await Promise.all(proofsOf(assignment).map(({ keyId, only }) => listWrappedSamples(keyId, only)));
    const { rewrapCallsAtOnce, rewrapCallsPerSecond } = getConfig();
    const plan = planOf({
      apps: (await listAppProtection(tenantId, appId)).map(({ wrappings, records }) => ({
        to: target,
        rewrap: true,
        reencrypt: assignment.to !== null,
        wrappings,
        records,
      })),
      proofs: samples.flat().length,
      callsAtOnce: rewrapCallsAtOnce,
      callsPerSecond: rewrapCallsPerSecond,
      cacheTtlSeconds: tenant.cacheTtlSeconds,
      providers: [assignment.from, assignment.to].map((key) => key?.currentVersion?.provider),
    });
    return {
      ...plan,
      appsAdded: to ? 1 : 0,
      appsRemoved: to ? 0 : 1,
      refusal: await assignmentObstacle(db(), assignment),
    };
  },
});
