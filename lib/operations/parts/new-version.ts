import 'server-only';
import { readKeyFacts } from '../../byok/key-facts.ts';
import type { ConfigurationRow } from '../../db/key-store.ts';
import type { TenantRecord } from '../../db/tenant-store.ts';

/** The last test of a configuration, as far as a version takes note of it. */
type Tested = { pinnedKeyArn: string; facts: unknown; finishedAt: Date; awsRequestIds: string[] };

/** What a key version keeps of the configuration that goes into force, and of the test that it passed. */
export function newVersion(
  row: Omit<ConfigurationRow, '_count'>,
  tenant: TenantRecord,
  keyId: string,
  madeBy: string,
  tested: Tested,
) {
  const { provider, authMode, region, roleArn, keyArn, accessKeyId, secretId } = row;
  const facts = readKeyFacts(tested.facts);
  return {
    keyId,
    tenantId: tenant.id,
    provider,
    authMode,
    region,
    roleArn: authMode === 'access-key' ? '' : roleArn,
    keyArn,
    accessKeyId: authMode === 'access-key' ? accessKeyId : '',
    secretId: authMode === 'access-key' ? secretId : null,
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
