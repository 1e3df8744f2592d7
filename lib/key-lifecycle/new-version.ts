import 'server-only';
import { readDraft, toConnection } from '../byok/connection.ts';
import { Refusal } from '../byok/errors.ts';
import { readKeyFacts } from '../byok/key-facts.ts';
import type { ConfigurationRow } from '../db/key-store.ts';
import type { TenantRecord } from '../db/tenant-store.ts';

/** The last test of a configuration, as far as a version takes note of it. */
type Tested = { pinnedKeyRef: string; facts: unknown; finishedAt: Date; providerRequestIds: string[] };

/**
 * What a key version keeps of the configuration that becomes active, and of the test that it passed.
 * @throws Refusal `invalid-input` where what was entered is no connection; a test that passed has seen to it
 */
export function newVersion(
  row: Omit<ConfigurationRow, '_count'>,
  tenant: TenantRecord,
  keyId: string,
  madeBy: string,
  tested: Tested,
) {
  const made = toConnection(readDraft(row));
  if (!made.ok) throw new Refusal('invalid-input', { fields: made.problems });
  const facts = readKeyFacts(tested.facts);
  return {
    keyId,
    tenantId: tenant.id,
    connection: made.connection,
    secretId: row.secretId,
    externalId: tenant.externalId,
    pinnedKeyRef: tested.pinnedKeyRef,
    generates: facts?.generates ?? true,
    ...(facts ? { facts } : {}),
    madeBy,
    health: 'healthy' as const,
    healthAt: tested.finishedAt,
    healthSince: tested.finishedAt,
    healthRequest: tested.providerRequestIds.at(-1) ?? null,
  };
}
