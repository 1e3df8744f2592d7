import 'server-only';
import type { KeyConfiguration } from '../../byok/key-configuration.ts';
import type { TestEvent } from '../../byok/test-report.ts';
import { getConfig } from '../../config/config.ts';
import type { TenantRecord } from '../../db/tenant-store.ts';
import { openSecret } from '../../keyring/secrets.ts';
import { keyServices } from '../../kms/key-service.ts';
import { accountOf, serviceRoleArn } from './service-role.ts';

/** The ordered list of checks for one configuration of a tenant; the same for Test Configuration and for activation. */
export async function* runSelfTest(
  configuration: KeyConfiguration,
  tenant: TenantRecord,
  signal: AbortSignal,
): AsyncGenerator<TestEvent> {
  const roleArn = await serviceRoleArn(configuration.region);
  const config = getConfig();
  yield* keyServices[configuration.provider].selfTest({
    configuration,
    ...(await secretOf(configuration, tenant.id)),
    externalId: tenant.externalId,
    tenant: { id: tenant.id, homeRegion: tenant.homeRegion, regionPolicy: tenant.regionPolicy },
    serviceRoleArn: roleArn,
    vendorAccountId: accountOf(roleArn),
    consoleUrl: config.awsConsoleUrl,
    signal,
  });
}

/** Opened for this test alone. Without a stored secret the test says so itself. */
async function secretOf(configuration: KeyConfiguration, tenantId: string) {
  if (configuration.authMode !== 'access-key' || configuration.secretId === '') return {};
  return { secretAccessKey: await openSecret(tenantId, configuration.secretId) };
}
