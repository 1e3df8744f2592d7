import 'server-only';
import type { Known } from '../byok/connection-mode.ts';
import { readKeyFacts } from '../byok/key-facts.ts';
import type { ConfigurationRow } from '../db/key-store.ts';
import type { TenantRecord } from '../db/tenant-store.ts';

/** The last test of a configuration, as far as a version takes note of it. */
type Tested = { pinnedKeyArn: string; facts: unknown; finishedAt: Date; awsRequestIds: string[] };

/** What a key version keeps of the configuration that goes into force, and of the test that it passed. */
export function newVersion(
  row: Known<Omit<ConfigurationRow, '_count'>>,
  tenant: TenantRecord,
  keyId: string,
  madeBy: string,
  tested: Tested,
) {
  const { provider, authMode, region, keyArn } = row;
  const facts = readKeyFacts(tested.facts);
  return {
    keyId,
    tenantId: tenant.id,
    provider,
    authMode,
    region,
    keyArn,
    ...identityIn(row),
    externalId: tenant.externalId,
    pinnedKeyArn: tested.pinnedKeyArn,
    generates: facts?.generates ?? true,
    ...(facts ? { facts } : {}),
    madeBy,
    health: 'healthy' as const,
    healthAt: tested.finishedAt,
    healthSince: tested.finishedAt,
    healthRequest: tested.awsRequestIds.at(-1) ?? null,
  };
}

/** Of the columns of every mode those of this one; what another had is not carried along. */
function identityIn(row: Known<Omit<ConfigurationRow, '_count'>>) {
  switch (row.authMode) {
    case 'assume-role':
      return { roleArn: row.roleArn, accessKeyId: '', secretId: null };
    case 'access-key':
      return { roleArn: '', accessKeyId: row.accessKeyId, secretId: row.secretId };
  }
}
