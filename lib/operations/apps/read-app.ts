import { z } from 'zod';
import type { AppView, AssignableKey } from '../../byok/app-views.ts';
import { Refusal } from '../../byok/errors.ts';
import { findAppUnder, listAppProtection } from '../../db/app-store.ts';
import { db } from '../../db/client.ts';
import { type KeyRow, listKeyRows } from '../../db/key-store.ts';
import { listOpenTransitions } from '../../db/key-transitions.ts';
import { findTenant } from '../../db/tenant-store.ts';
import { listVersionNames } from '../../db/version-store.ts';
import { copyTimes } from '../keys/copy-times.ts';
import { toSummary, toTransitionView } from '../keys/key-view.ts';
import { operation } from '../operation.ts';
import { toAppRow } from './app-row.ts';
import { type AppUnder, assignmentObstacle } from './assignment.ts';

/** One app: what protects it, what it could be put under, and what moves. */
export const readApp = operation({
  name: 'read-app',
  permission: 'keys.read',
  input: z.object({ appId: z.uuid() }),
  async run({ tenantId, now }, { appId }): Promise<AppView> {
    const [tenant, app, protection, versions, keys, transitions] = await Promise.all([
      findTenant(tenantId),
      findAppUnder(db(), tenantId, appId),
      listAppProtection(tenantId, appId),
      listVersionNames(tenantId),
      listKeyRows(tenantId),
      listOpenTransitions(db(), tenantId, appId),
    ]);
    const [row] = protection;
    if (!tenant || !app || !row) throw new Refusal('not-found');
    return {
      ...toAppRow(row, versions),
      tenant: { name: tenant.name, ...(await copyTimes(tenant, now)) },
      choices: await choicesFor(app, keys, now),
      transitions: await Promise.all(
        transitions.map(async (transition) => ({
          keyId: transition.keyId,
          keyAlias: keys.find((key) => key.id === transition.keyId)?.alias ?? null,
          transition: await toTransitionView(transition),
        })),
      ),
    };
  },
});

async function choicesFor(app: AppUnder, keys: KeyRow[], now: Date): Promise<AssignableKey[]> {
  const from = keys.find((key) => key.id === app.keyId) ?? null;
  const reasonFor = async (to: KeyRow | null) =>
    (to?.id ?? null) === app.keyId ? null : assignmentObstacle(db(), { app, from, to });
  const platform: AssignableKey = {
    keyId: null,
    name: 'Platform key',
    description: 'The vendor’s own key. It protects everything that your keys do not.',
    status: null,
    health: null,
    revision: 0,
    reason: await reasonFor(null),
  };
  const standing = keys.filter((key) => key.state !== 'reverted');
  const choices = standing.map(async (key): Promise<AssignableKey> => {
    const { id, alias, description, status, health } = await toSummary(key, now);
    return {
      keyId: id,
      name: alias,
      description,
      status,
      health,
      revision: key.revision,
      reason: await reasonFor(key),
    };
  });
  return [platform, ...(await Promise.all(choices))];
}
