'use server';

import { currentCaller } from '#lib/auth/current-caller.ts';
import { createTenant } from '#lib/operations/tenants/create-tenant.ts';

export async function createTenantAction(input: Parameters<typeof createTenant>[1]) {
  return createTenant(await currentCaller(), input);
}
