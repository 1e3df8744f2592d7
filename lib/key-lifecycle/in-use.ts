import 'server-only';
import { isKnown } from '../byok/connection-mode.ts';
import type { StandingUse } from '../byok/standing-uses.ts';
import { getConfig } from '../config/config.ts';
import { listVersionsInUse, type VersionInUse } from '../db/version-store.ts';
import { serviceRoleArn } from './service-role.ts';

const dayMs = 86_400_000;

/**
 * What of a tenant's is in use: the versions in force, and older ones that are not yet safe to retire. Backups are kept for a time of
 * their own, and whoever restores one needs the keys of then: the longer time counts. A version that we do not know how to reach is left
 * out: what it names is no role nor key of AWS to put into a policy.
 */
export async function usesOfTenant(tenantId: string, now: Date): Promise<StandingUse[]> {
  const { versionRetentionDays, backupRetentionDays } = getConfig();
  const days = Math.max(versionRetentionDays, backupRetentionDays);
  const rows = await listVersionsInUse(tenantId, new Date(now.getTime() - days * dayMs));
  return Promise.all(
    rows.filter(isKnown<VersionInUse>).map(async ({ provider, authMode, region, ...row }) => ({
      ...row,
      serviceRoleArn: authMode === 'assume-role' ? await serviceRoleArn(region) : '',
    })),
  );
}
