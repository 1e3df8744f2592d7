import { z } from 'zod';
import type { CheckedView } from '../../byok/key-views.ts';
import { operation } from '../operation.ts';
import { checkNow } from './check-now.ts';

/** Check now, for the vendor's own people. That they asked is written into the tenant's own history. */
export const checkTenantKey = operation({
  name: 'check-tenant-key',
  permission: 'tenants.check',
  input: z.object({ tenantId: z.uuid(), keyId: z.uuid() }),
  async run(context, { tenantId, keyId }): Promise<CheckedView> {
    const { data, after, awsRequestIds } = await checkNow(tenantId, keyId);
    return context.commit(async () => ({ data, audit: { tenantId, target: keyId, after, awsRequestIds } }));
  },
});
