import { z } from 'zod';
import { readDraft, rulesOf, viewOf } from '../../byok/connection.ts';
import { isKnown } from '../../byok/connection-mode.ts';
import { Refusal } from '../../byok/errors.ts';
import type { KeyPageView } from '../../byok/key-views.ts';
import { commands, type Decision, evaluateCommand } from '../../byok/lifecycle.ts';
import { wordsOf } from '../../byok/messages/words.ts';
import type { TransitionView } from '../../byok/transition-views.ts';
import { consoleUrlOf, getConfig } from '../../config/config.ts';
import { listAppProtection, listSelectedApps, type ProtectedApp } from '../../db/app-store.ts';
import { displayedConfiguration, findKey, type KeyRow, scheduledOf, workingOf } from '../../db/key-store.ts';
import { listOpenRekeys, listStuck, listTakenOver } from '../../db/key-transitions.ts';
import { listProfiles } from '../../db/record-store.ts';
import { readSecretNote } from '../../db/secret-store.ts';
import { findTenant, type TenantRecord } from '../../db/tenant-store.ts';
import { listNeeding, listVersionNames, listVersions } from '../../db/version-store.ts';
import { usesOfTenant } from '../../key-lifecycle/in-use.ts';
import { decisionFor } from '../../key-lifecycle/unknown-connection.ts';
import { operation } from '../operation.ts';
import { rotationOf } from '../rotation/rotation.ts';
import { toProtection } from './app-protection.ts';
import { backupsOf } from './backups.ts';
import { copyTimes } from './copy-times.ts';
import { keyDetails } from './key-details.ts';
import { factsOf } from './key-facts.ts';
import { usesOf } from './key-uses.ts';
import { toSummary, toTransitionView } from './key-view.ts';
import { toVersions, type VersionFacts } from './versions.ts';

/** Rekeys that are shown with their progress, newest first; more than that run at once only by age. */
const maxRekeys = 50;

/** Everything that the page of one enterprise key says. */
export const readEnterpriseKey = operation({
  name: 'read-enterprise-key',
  permission: 'keys.read',
  input: z.object({ keyId: z.uuid() }),
  async run({ tenantId, now }, { keyId }): Promise<KeyPageView> {
    const [tenant, key] = await Promise.all([findTenant(tenantId), findKey(tenantId, keyId)]);
    if (!tenant || !key) throw new Refusal('not-found');
    const shown = displayedConfiguration(key);
    const [summary, apps, selected, profiles, names, rekeys, takenOver, rotation] = await Promise.all([
      toSummary(key, now),
      listAppProtection(tenantId),
      shown ? listSelectedApps(shown.id) : new Set<string>(),
      listProfiles(tenantId),
      listVersionNames(tenantId),
      openRekeys(tenantId),
      listTakenOver(keyId),
      rotationOf(key, tenant),
    ]);
    const facts = factsOf(key, summary.transition);
    const { versionRetentionDays, backupRetentionDays } = getConfig();
    const leaving = key.state === 'reverting' || key.state === 'reverted';
    const versions = await listVersions(keyId);
    return {
      ...summary,
      revision: key.revision,
      changedBy: key.changedBy,
      tenant: await tenantView(tenant, now),
      apps: apps.map((app) => toProtection(app, { keyId, selected, versions: names, rekeys })),
      standing: await standingOf(key),
      hasWorkingCopy: workingOf(key) !== undefined && key.state === 'scheduled',
      totals: {
        recordsUnderKey: records(apps, (id) => id !== null && names.get(id)?.keyId === keyId),
        recordsUnderPlatformKey: records(apps, (id) => id === null),
      },
      backups: leaving ? null : backupsOf(takenOver, backupRetentionDays, now),
      profiles,
      versions: toVersions({
        versions,
        needing: await listNeeding(versions.map((version) => version.pinnedKeyRef)),
        currentVersionId: key.currentVersionId,
        apps,
        stuck: await readStuck(keyId),
        retentionDays: Math.max(versionRetentionDays, backupRetentionDays),
        cacheTtlSeconds: tenant.cacheTtlSeconds,
        consoleUrlOf,
        now,
      }),
      irreversible: facts.irreversible,
      uses: await usesOf(key),
      details: await keyDetails(key, tenant, now),
      rotation,
      reminder: await reminderOf(key, now),
      commands: Object.fromEntries(
        commands.map((command) => [command, decisionFor(command, key, evaluateCommand(command, key.state, facts))]),
      ) as Record<(typeof commands)[number], Decision>,
    };
  },
});

async function readStuck(keyId: string): Promise<VersionFacts['stuck']> {
  const stuck = await listStuck(keyId);
  return new Map([...stuck].map(([id, { dataKeys, message }]) => [id, { dataKeys, detail: wordsOf(message) }]));
}

async function openRekeys(tenantId: string): Promise<Map<string, TransitionView>> {
  const rows = await listOpenRekeys(tenantId, maxRekeys);
  return new Map(
    await Promise.all(rows.map(async ({ appId, transition }) => [appId, await toTransitionView(transition)] as const)),
  );
}

async function tenantView(tenant: TenantRecord, now: Date): Promise<KeyPageView['tenant']> {
  return { id: tenant.id, name: tenant.name, homeRegion: tenant.homeRegion, ...(await copyTimes(tenant, now)) };
}

async function standingOf(key: KeyRow): Promise<KeyPageView['standing']> {
  const scheduled = scheduledOf(key);
  if (!scheduled || !isKnown(scheduled)) return null;
  return {
    ...viewOf(readDraft(scheduled)),
    provider: scheduled.provider,
    authMode: scheduled.authMode,
    secret: await readSecretNote(key.tenantId, scheduled.secretId),
    pinnedKeyRef: key.currentVersion?.pinnedKeyRef ?? null,
    enforcementAt: scheduled.enforcementAt?.toISOString() ?? null,
    timeZone: scheduled.timeZone,
  };
}

/** What a key in use is reminded of; null where there is nothing to remember. */
async function reminderOf(key: KeyRow, now: Date): Promise<KeyPageView['reminder']> {
  const row = displayedConfiguration(key);
  if (!row || !isKnown(row) || key.state === 'reverted') return null;
  const draft = readDraft(row);
  return rulesOf(draft).reminder(draft, row.checklist, {
    tenantId: key.tenantId,
    pinnedKeyRef: key.currentVersion?.pinnedKeyRef ?? null,
    uses: await usesOfTenant(key.tenantId, now),
    consoleUrl: consoleUrlOf(draft.provider),
  });
}

/** Records whose data key is wrapped by what `under` says, whatever their app belongs to. */
function records(apps: ProtectedApp[], under: (keyVersionId: string | null) => boolean): number {
  const wrappings = apps.flatMap((app) => app.wrappings);
  return wrappings.reduce((total, one) => total + (under(one.keyVersionId) ? one.records : 0), 0);
}
