import 'server-only';
import { type Connection, describeConnection, readConnection } from '../byok/connection.ts';
import { isKnown } from '../byok/connection-mode.ts';
import type { VersionUse } from '../byok/provider-rules.ts';
import { getConfig } from '../config/config.ts';
import { listVersionsInUse, type VersionInUse } from '../db/version-store.ts';
import { keyServices } from '../kms/key-service.ts';

const dayMs = 86_400_000;

/**
 * What of a tenant's is in use: the active versions, and older ones that are not yet safe to retire. Backups are kept for a time of
 * their own, and whoever restores one needs the keys of then: the longer time counts. A version that we do not know how to reach is left
 * out: what it names is not to be put into a policy.
 */
export async function usesOfTenant(tenantId: string, now: Date): Promise<VersionUse<Connection>[]> {
  const { versionRetentionDays, backupRetentionDays } = getConfig();
  const days = Math.max(versionRetentionDays, backupRetentionDays);
  const rows = await listVersionsInUse(tenantId, new Date(now.getTime() - days * dayMs));
  return Promise.all(
    rows.filter(isKnown<VersionInUse>).map(async ({ keyId, alias, version, pinnedKeyRef, current, ...stored }) => {
      const connection = readConnection(stored);
      const use = { keyId, alias, version, pinnedKeyRef, current };
      const { location } = describeConnection(connection);
      return { ...use, connection, ours: await keyServices[connection.provider].ourIdentity(location) };
    }),
  );
}
