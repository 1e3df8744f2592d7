import { z } from 'zod';
import { Refusal } from '../../byok/errors.ts';
import { reference } from '../../byok/references.ts';
import { findTenant, findTenantByReference, type TenantRecord } from '../../db/tenant-store.ts';

/** How an operation is told which tenant: by its ID, as screens do, or by the vendor's own reference, as commands do. */
export const tenantAddress = {
  tenantId: z.uuid('Choose a tenant.').optional(),
  tenantReference: reference.optional(),
};

export async function addressTenant(input: {
  tenantId?: string | undefined;
  tenantReference?: string | undefined;
}): Promise<TenantRecord> {
  const { tenantId, tenantReference } = input;
  if (tenantId) {
    const tenant = await findTenant(tenantId);
    if (!tenant) throw new Refusal('not-found');
    return tenant;
  }
  if (!tenantReference) throw new Refusal('invalid-input', { fields: { tenantReference: 'Say which tenant.' } });
  const tenant = await findTenantByReference(tenantReference);
  if (!tenant) {
    throw new Refusal('invalid-input', {
      fields: { tenantReference: `No tenant has the reference “${tenantReference}”.` },
    });
  }
  return tenant;
}
