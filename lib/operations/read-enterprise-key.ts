import { z } from 'zod';
import { Refusal } from '../byok/errors.ts';
import { commands, judge, type Verdict } from '../byok/lifecycle.ts';
import type { AppProtection, KeyPageView } from '../byok/views.ts';
import { getConfig } from '../config/config.ts';
import { type AppRecordCounts, listAppProtection, listSelectedApps } from '../db/app-store.ts';
import { findKey, type KeyRow, scheduledOf, workingOf } from '../db/key-store.ts';
import { listProfiles } from '../db/record-store.ts';
import { findTenant, type TenantRecord } from '../db/tenant-store.ts';
import { operation } from './operation.ts';
import { toSummary } from './parts/key-view.ts';

/** Everything that the page of one enterprise key says. */
export const readEnterpriseKey = operation({
  name: 'read-enterprise-key',
  permission: 'keys.read',
  input: z.object({ keyId: z.uuid() }),
  async run({ tenantId, now }, { keyId }): Promise<KeyPageView> {
    const [tenant, key] = await Promise.all([findTenant(tenantId), findKey(tenantId, keyId)]);
    if (!tenant || !key) throw new Refusal('not-found');
    const shown = scheduledOf(key) ?? workingOf(key);
    const [summary, apps, selected, profiles] = await Promise.all([
      toSummary(key, now),
      listAppProtection(tenantId),
      shown ? listSelectedApps(shown.id) : new Set<string>(),
      listProfiles(tenantId),
    ]);
    return {
      ...summary,
      revision: key.revision,
      changedBy: key.changedBy,
      tenant: tenantView(tenant),
      apps: apps.map((app) => toProtection(app, selected)),
      standing: standingOf(key),
      hasWorkingCopy: workingOf(key) !== undefined && key.state === 'scheduled',
      totals: {
        recordsUnderKey: sum(apps, (app) => (app.keyId === keyId ? app.records - app.recordsPending : 0)),
        recordsUnderPlatformKey: sum(apps, (app) =>
          app.keyVersionId === null ? app.records : app.keyId === keyId ? app.recordsPending : 0,
        ),
      },
      backups: backupsOf(summary.move, now),
      profiles,
      commands: Object.fromEntries(commands.map((command) => [command, judge(command, key.state)])) as Record<
        (typeof commands)[number],
        Verdict
      >,
    };
  },
});

function tenantView(tenant: TenantRecord): KeyPageView['tenant'] {
  return { id: tenant.id, name: tenant.name, homeRegion: tenant.homeRegion, cacheTtlSeconds: tenant.cacheTtlSeconds };
}

function standingOf(key: KeyRow): KeyPageView['standing'] {
  const scheduled = scheduledOf(key);
  if (!scheduled) return null;
  return {
    region: scheduled.region,
    roleArn: scheduled.roleArn,
    keyArn: scheduled.keyArn,
    pinnedKeyArn: key.currentVersion?.pinnedKeyArn ?? null,
    enforcementAt: scheduled.enforcementAt?.toISOString() ?? null,
    timeZone: scheduled.timeZone,
  };
}

/**
 * Whatever lay under the platform key can be opened from backups made before it was rewritten, for as long as those
 * backups live: while records are still to be rewritten that is every backup made until then.
 */
function backupsOf(move: KeyPageView['activation'], now: Date): KeyPageView['backups'] {
  if (!move?.startedAt || move.recordsTotal === 0) return null;
  const olderThan = move.finishedAt ? new Date(move.finishedAt) : now;
  const until = new Date(olderThan.getTime() + getConfig().backupRetentionDays * 86_400_000);
  if (until <= now) return null;
  return { records: move.recordsTotal, olderThan: olderThan.toISOString(), until: until.toISOString() };
}

function toProtection(app: AppRecordCounts, selected: Set<string>): AppProtection {
  return {
    id: app.id,
    name: app.name,
    kind: app.kind,
    protectedBy:
      app.keyId !== null && app.versionNumber !== null
        ? { kind: 'version', keyId: app.keyId, number: app.versionNumber }
        : { kind: 'platform' },
    dataKeys: app.dataKeys,
    records: app.records,
    recordsPending: app.recordsPending,
    keptDataKeys: app.keptDataKeys,
    selected: selected.has(app.id),
  };
}

function sum<T>(items: T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
