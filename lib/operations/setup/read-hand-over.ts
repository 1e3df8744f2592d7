import { z } from 'zod';
import { known } from '../../byok/connection-mode.ts';
import { Refusal } from '../../byok/errors.ts';
import type { HandOverView } from '../../byok/setup-views.ts';
import { visible } from '../../byok/shown-text.ts';
import { getConfig } from '../../config/config.ts';
import { db } from '../../db/client.ts';
import { editedOf, findKey, shownOf } from '../../db/key-store.ts';
import { readSecretNote } from '../../db/secret-store.ts';
import { findTenant } from '../../db/tenant-store.ts';
import { usesOfTenant } from '../../key-lifecycle/in-use.ts';
import { serviceRoleArn } from '../../key-lifecycle/service-role.ts';
import { toSummary } from '../keys/key-view.ts';
import { operation } from '../operation.ts';
import { checklistFacts, roleArnFor, toChecklistView } from './checklist.ts';
import { toConfigurationView } from './configuration-view.ts';
import { lastReport } from './report-view.ts';

/**
 * Everything that whoever has no account here has to know of a key, nothing of it secret: what is being entered where it is
 * still being set up, what stands where it is in force.
 */
export const readHandOver = operation({
  name: 'read-hand-over',
  permission: 'keys.read',
  input: z.object({ keyId: z.uuid() }),
  async run({ tenantId, actorName, now }, { keyId }): Promise<HandOverView> {
    const [tenant, key] = await Promise.all([findTenant(tenantId), findKey(tenantId, keyId)]);
    if (!tenant || !key) throw new Refusal('not-found');
    const settingUp = key.state === 'draft' || key.state === 'scheduled';
    const shown = settingUp ? editedOf(key) : shownOf(key);
    if (!shown) throw new Refusal('not-found');
    const row = known(shown);
    const [summary, roleArn, report, secret, inUse] = await Promise.all([
      toSummary(key, now),
      serviceRoleArn(row.region || tenant.homeRegion),
      lastReport(db(), key, row, tenant.externalId),
      readSecretNote(tenantId, row.secretId),
      usesOfTenant(tenantId, now),
    ]);
    const { id, alias, description, state } = key;
    const { name, homeRegion, regionPolicy, externalId } = tenant;
    const pinned = report && !report.stale ? report.pinnedKeyArn : null;
    return {
      key: { id, alias: visible(alias), description: visible(description), state },
      configuration: { ...toConfigurationView(row, secret), roleArn: roleArnFor(row) },
      tenant: { id: tenant.id, name, homeRegion, regionPolicy },
      externalId,
      serviceRoleArn: roleArn,
      consoleUrl: getConfig().awsConsoleUrl,
      inUse,
      outgoingIps: [...getConfig().outgoingIps],
      checklist: toChecklistView(row, checklistFacts(row, tenant, roleArn), report),
      report,
      status: summary.status,
      health: summary.health,
      pinnedKeyArn: (settingUp ? null : key.currentVersion?.pinnedKeyArn) ?? pinned,
      by: actorName,
      at: now.toISOString(),
    };
  },
});
