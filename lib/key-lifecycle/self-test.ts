import 'server-only';
import type { RowFinding, VerificationEvent } from '../byok/checklist.ts';
import { type Draft, describeConnection } from '../byok/connection.ts';
import type { CheckFinding, TestEvent } from '../byok/test-report.ts';
import { consoleUrlOf } from '../config/config.ts';
import type { TenantRecord } from '../db/tenant-store.ts';
import { openSecret } from '../keyring/secrets.ts';
import { keyServices, type TestOptions } from '../kms/key-service.ts';
import type { StandingWrapping } from '../kms/standing-wrapping.ts';
import { usesOfTenant } from './in-use.ts';

/** What is tested, with the ID of its stored secret. */
type Tested = { draft: Draft; secretId: string | null };

/**
 * The ordered list of checks for one configuration of a tenant; the same for Test Configuration and for activation.
 * @param standing what lies under the key so far, where the configuration is to follow an active one
 */
export async function* runSelfTest(
  { draft, secretId }: Tested,
  tenant: TenantRecord,
  signal: AbortSignal,
  standing: readonly StandingWrapping[] = [],
): AsyncGenerator<TestEvent<CheckFinding>> {
  const options = await optionsFor({ draft, secretId }, tenant, signal);
  yield* keyServices[draft.provider].selfTest({ ...options, standing });
}

/** One step of the set-up guide by itself. */
export async function* runVerification(
  step: string,
  { draft, secretId }: Tested,
  tenant: TenantRecord,
  signal: AbortSignal,
): AsyncGenerator<VerificationEvent<RowFinding>> {
  const options = await optionsFor({ draft, secretId }, tenant, signal);
  yield* keyServices[draft.provider].verifyStep({ ...options, step });
}

async function optionsFor(
  { draft, secretId }: Tested,
  tenant: TenantRecord,
  signal: AbortSignal,
): Promise<TestOptions> {
  const [ours, inUse] = await Promise.all([
    keyServices[draft.provider].ourIdentity(describeConnection(draft).location),
    usesOfTenant(tenant.id, new Date()),
  ]);
  return {
    draft,
    // Opened for this test alone. Without a stored secret the test says so itself.
    ...(secretId === null ? {} : { secret: await openSecret(tenant.id, secretId) }),
    externalId: tenant.externalId,
    tenant: { id: tenant.id, homeRegion: tenant.homeRegion, regionPolicy: tenant.regionPolicy },
    ours,
    consoleUrl: consoleUrlOf(draft.provider),
    inUse,
    signal,
  };
}
