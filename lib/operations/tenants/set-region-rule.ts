import { z } from 'zod';
import { Refusal } from '../../byok/errors.ts';
import { findTenant, lockTenant, writeRegionPolicy } from '../../db/tenant-store.ts';
import { operation } from '../operation.ts';

/**
 * What a key outside of a tenant's home region means: its test fails, or warns. It binds tests from now on and what they
 * lead to; a key that is active stays as it is, whichever way the rule is changed. It stands in the tenant's own history.
 */
export const setRegionRule = operation({
  name: 'set-region-rule',
  permission: 'tenants.manage',
  input: z.object({ tenantId: z.uuid(), regionPolicy: z.enum(['refuse', 'warn']) }),
  async run(context, { tenantId, regionPolicy }): Promise<Record<string, never>> {
    if (!(await findTenant(tenantId))) throw new Refusal('not-found');
    return context.commit(async (tx) => {
      await lockTenant(tx, tenantId);
      const before = await writeRegionPolicy(tx, tenantId, regionPolicy);
      return {
        data: {},
        audit: { tenantId, target: tenantId, before: { regionPolicy: before }, after: { regionPolicy } },
      };
    });
  },
});
