import { z } from 'zod';
import { readDraft, rulesOf } from '../../byok/connection.ts';
import { Refusal } from '../../byok/errors.ts';
import { wordsOf } from '../../byok/messages/words.ts';
import type { HandOverView } from '../../byok/setup-views.ts';
import { visible } from '../../byok/visible-text.ts';
import { consoleUrlOf, getConfig } from '../../config/config.ts';
import { db } from '../../db/client.ts';
import { displayedConfiguration, editedOf, findKey } from '../../db/key-store.ts';
import { readSecretNote } from '../../db/secret-store.ts';
import { findTenant } from '../../db/tenant-store.ts';
import { joinedOf } from '../../key-lifecycle/configuration.ts';
import { usesOfTenant } from '../../key-lifecycle/in-use.ts';
import { keyServices } from '../../kms/key-service.ts';
import { toSummary } from '../keys/key-view.ts';
import { operation } from '../operation.ts';
import { toConfigurationView } from './configuration-view.ts';
import { lastReport } from './report-view.ts';

/**
 * Everything that whoever has no account here has to know of a key, nothing of it secret: what is being entered where it is
 * still being set up, what stands where it is active.
 */
export const readHandOver = operation({
  name: 'read-hand-over',
  permission: 'keys.read',
  input: z.object({ keyId: z.uuid() }),
  async run({ tenantId, who, now }, { keyId }): Promise<HandOverView> {
    const [tenant, key] = await Promise.all([findTenant(tenantId), findKey(tenantId, keyId)]);
    if (!tenant || !key) throw new Refusal('not-found');
    const settingUp = key.state === 'draft' || key.state === 'scheduled';
    const row = settingUp ? editedOf(key) : displayedConfiguration(key);
    if (!row) throw new Refusal('not-found');
    const draft = readDraft(row);
    const rules = rulesOf(draft);
    const location = rules.describe(draft).location || tenant.homeRegion;
    const [summary, ours, report, secret, inUse] = await Promise.all([
      toSummary(key, now),
      keyServices[draft.provider].ourIdentity(location),
      lastReport(db(), key, row, tenant),
      readSecretNote(tenantId, row.secretId),
      usesOfTenant(tenantId, now),
    ]);
    const { id, alias, description, state } = key;
    const { name, homeRegion, regionPolicy, externalId } = tenant;
    const pinned = report && !report.stale ? report.pinnedKeyRef : null;
    return {
      key: { id, alias: visible(alias), description: visible(description), state },
      configuration: toConfigurationView(row, secret, rules.withFollowing(draft)),
      tenant: { id: tenant.id, name, homeRegion, regionPolicy },
      externalId,
      ourIdentity: ours.identity,
      consoleUrl: consoleUrlOf(draft.provider),
      inUse: rules.standingUses(inUse),
      outgoingIps: [...getConfig().outgoingIps],
      checklist: rules.checklistView(draft, row.checklist, ours, joinedOf(row, tenant), report, wordsOf),
      report,
      status: summary.status,
      health: summary.health,
      pinnedKeyRef: (settingUp ? null : key.currentVersion?.pinnedKeyRef) ?? pinned,
      by: who,
      at: now.toISOString(),
    };
  },
});
