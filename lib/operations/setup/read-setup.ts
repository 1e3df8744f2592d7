import { z } from 'zod';
import { readDraft, rulesOf } from '../../byok/connection.ts';
import { Refusal } from '../../byok/errors.ts';
import { storedTags } from '../../byok/labels.ts';
import { evaluateCommand } from '../../byok/lifecycle.ts';
import { wordsOf } from '../../byok/messages/words.ts';
import type { SetupView } from '../../byok/setup-views.ts';
import { visible } from '../../byok/visible-text.ts';
import { consoleUrlOf, getConfig } from '../../config/config.ts';
import { countSelection, listTakenApps } from '../../db/app-store.ts';
import { db } from '../../db/client.ts';
import { editedOf, findKey } from '../../db/key-store.ts';
import { readSecretNote } from '../../db/secret-store.ts';
import { findTenant } from '../../db/tenant-store.ts';
import { joinedOf } from '../../key-lifecycle/configuration.ts';
import { usesOfTenant } from '../../key-lifecycle/in-use.ts';
import { obstaclesTo } from '../../key-lifecycle/obstacles.ts';
import { keyServices } from '../../kms/key-service.ts';
import { operation } from '../operation.ts';
import { toConfigurationView } from './configuration-view.ts';
import { creationFor } from './creation-view.ts';
import { lastReport } from './report-view.ts';

/** Everything that the wizard shows. Only for who may edit: it is a form, not a report. */
export const readSetup = operation({
  name: 'read-setup',
  permission: 'keys.write',
  input: z.object({ keyId: z.uuid() }),
  async run({ tenantId, now }, { keyId }): Promise<SetupView> {
    const [tenant, key] = await Promise.all([findTenant(tenantId), findKey(tenantId, keyId)]);
    if (!tenant || !key) throw new Refusal('not-found');
    const decision = evaluateCommand('edit', key.state);
    if (!decision.allowed) throw new Refusal('not-allowed-in-state', { details: { reason: decision.reason } });
    const row = editedOf(key);
    const draft = readDraft(row);
    const rules = rulesOf(draft);
    const service = keyServices[draft.provider];
    const location = rules.describe(draft).location || tenant.homeRegion;
    const [selection, takenApps, ours, report, secret, inUse] = await Promise.all([
      countSelection(row.id, tenantId),
      listTakenApps(db(), keyId, row.id),
      service.ourIdentity(location),
      lastReport(db(), key, row, tenant),
      readSecretNote(tenantId, row.secretId),
      usesOfTenant(tenantId, now),
    ]);
    return {
      key: {
        id: key.id,
        alias: visible(key.alias),
        description: visible(key.description),
        tags: storedTags(key.tags),
        state: key.state,
        revision: key.revision,
      },
      configuration: toConfigurationView(row, secret),
      savedStep: row.savedStep,
      editing: key.state === 'draft' ? 'draft' : row.standing === 'working' ? 'working-copy' : 'scheduled',
      tenant: { id: tenant.id, name: tenant.name, homeRegion: tenant.homeRegion, regionPolicy: tenant.regionPolicy },
      externalId: tenant.externalId,
      ourIdentity: ours.identity,
      ourIdentities: rules.identitiesView(await service.ourIdentities()),
      consoleUrl: consoleUrlOf(draft.provider),
      inUse: rules.standingUses(inUse),
      outgoingIps: [...getConfig().outgoingIps],
      selection,
      checklist: rules.checklistView(draft, row.checklist, ours, joinedOf(row, tenant), report, wordsOf),
      report,
      creation: await creationFor(key.id),
      obstacles: obstaclesTo({ configuration: row, tenant, report, selected: selection.selected, takenApps, now }),
    };
  },
});
