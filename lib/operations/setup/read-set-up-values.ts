import { z } from 'zod';
import { Refusal } from '../../byok/errors.ts';
import { isKnownRegion } from '../../byok/regions.ts';
import type { SetupView } from '../../byok/setup-views.ts';
import { getConfig } from '../../config/config.ts';
import { findTenant } from '../../db/tenant-store.ts';
import { usesOfTenant } from '../../key-lifecycle/in-use.ts';
import { serviceRoleArn, serviceRoles } from '../../key-lifecycle/service-role.ts';
import { operation } from '../operation.ts';

/** What the policies for a tenant's role and key are filled with. None of it is a secret: it stands in their AWS account. */
export const readSetUpValues = operation({
  name: 'read-set-up-values',
  permission: 'keys.read',
  input: z.object({ region: z.string().refine(isKnownRegion).optional() }),
  async run(
    { tenantId, now },
    { region },
  ): Promise<Pick<SetupView, 'tenant' | 'externalId' | 'serviceRoleArn' | 'serviceRoles' | 'consoleUrl' | 'inUse'>> {
    const tenant = await findTenant(tenantId);
    if (!tenant) throw new Refusal('not-found');
    const roleArn = await serviceRoleArn(region ?? tenant.homeRegion);
    const { id, name, homeRegion, regionPolicy, externalId } = tenant;
    return {
      tenant: { id, name, homeRegion, regionPolicy },
      externalId,
      serviceRoleArn: roleArn,
      serviceRoles: await serviceRoles(),
      consoleUrl: getConfig().awsConsoleUrl,
      inUse: await usesOfTenant(tenantId, now),
    };
  },
});
