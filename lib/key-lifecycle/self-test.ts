import 'server-only';
import type { VerifiableStep, VerificationEvent } from '../byok/checklist.ts';
import type { KeyConfiguration } from '../byok/key-configuration.ts';
import type { TestEvent } from '../byok/test-report.ts';
import { getConfig } from '../config/config.ts';
import type { TenantRecord } from '../db/tenant-store.ts';
import { openSecret } from '../keyring/secrets.ts';
import { keyServices, type TestOptions } from '../kms/key-service.ts';
import type { StandingWrapping } from '../kms/standing-wrapping.ts';
import { usesOfTenant } from './in-use.ts';
import { accountOf, serviceRoleArn } from './service-role.ts';

/**
 * The ordered list of checks for one configuration of a tenant; the same for Test Configuration and for activation.
 * @param standing what lies under the key so far, where the configuration is to follow one in force
 */
export async function* runSelfTest(
  configuration: KeyConfiguration,
  tenant: TenantRecord,
  signal: AbortSignal,
  standing: readonly StandingWrapping[] = [],
): AsyncGenerator<TestEvent> {
  const options = await optionsFor(configuration, tenant, signal);
  yield* keyServices[configuration.provider].selfTest({ ...options, standing });
}

/** One step of the set-up guide by itself. */
export async function* runVerification(
  step: VerifiableStep,
  configuration: KeyConfiguration,
  tenant: TenantRecord,
  signal: AbortSignal,
): AsyncGenerator<VerificationEvent> {
  const options = await optionsFor(configuration, tenant, signal);
  yield* keyServices[configuration.provider].verifyStep({ ...options, step });
}

async function optionsFor(
  configuration: KeyConfiguration,
  tenant: TenantRecord,
  signal: AbortSignal,
): Promise<TestOptions> {
  const [roleArn, inUse] = await Promise.all([
    serviceRoleArn(configuration.region),
    usesOfTenant(tenant.id, new Date()),
  ]);
  return {
    configuration,
    ...(await secretOf(configuration, tenant.id)),
    externalId: tenant.externalId,
    tenant: { id: tenant.id, homeRegion: tenant.homeRegion, regionPolicy: tenant.regionPolicy },
    serviceRoleArn: roleArn,
    vendorAccountId: accountOf(roleArn),
    consoleUrl: getConfig().awsConsoleUrl,
    inUse,
    signal,
  };
}

/** Opened for this test alone. Without a stored secret the test says so itself. */
async function secretOf(configuration: KeyConfiguration, tenantId: string) {
  if (configuration.authMode !== 'access-key' || configuration.secretId === '') return {};
  return { secretAccessKey: await openSecret(tenantId, configuration.secretId) };
}
