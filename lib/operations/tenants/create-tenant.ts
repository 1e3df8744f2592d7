import { z } from 'zod';
import { newExternalId } from '../../auth/external-id.ts';
import { isKnownLocation } from '../../byok/connection.ts';
import { Refusal } from '../../byok/errors.ts';
import { anyWords } from '../../byok/providers.ts';
import { optionalReference } from '../../byok/references.ts';
import { slugOf } from '../../byok/slug.ts';
import { findTenantLike, insertTenant } from '../../db/tenant-store.ts';
import { operation } from '../operation.ts';
import { nameInput, noSlug } from './name-input.ts';

export type CreatedTenant = {
  tenantId: string;
  name: string;
  reference: string;
  homeRegion: string;
  regionPolicy: 'refuse' | 'warn';
};

/**
 * A new customer. Its external ID is made here, once. Two at once with the same name or reference end with one: the other is
 * told whose they are. So it is with people and apps: the same reference of the vendor's answers the same app, and a new one is
 * under the platform key, since only the tenant decides otherwise.
 */
export const createTenant = operation({
  name: 'create-tenant',
  permission: 'tenants.manage',
  input: z.object({
    name: nameInput,
    homeRegion: z.string('Name the home region.').trim().refine(isKnownLocation, anyWords.chooseKnown),
    regionPolicy: z.enum(['refuse', 'warn'], 'Choose refuse or warn.').default('refuse'),
    reference: optionalReference,
  }),
  async run(context, input): Promise<CreatedTenant> {
    const reference = input.reference ?? slugOf(input.name);
    if (reference === '') throw new Refusal('invalid-input', { fields: { reference: noSlug } });
    const { name, homeRegion, regionPolicy } = input;
    return context.commit(async (tx) => {
      const tenant = await insertTenant(tx, { name, reference, homeRegion, regionPolicy, externalId: newExternalId() });
      if (!tenant) throw taken(await findTenantLike(tx, { name, reference }), { name, reference });
      return {
        data: { tenantId: tenant.id, name, reference, homeRegion, regionPolicy },
        audit: { tenantId: tenant.id, target: tenant.id, after: { name, reference, homeRegion, regionPolicy } },
      };
    });
  },
});

function taken(known: { name: string; reference: string }[], wanted: { name: string; reference: string }): Refusal {
  const sameName = known.find(({ name }) => name === wanted.name);
  const sameReference = known.find(({ reference }) => reference === wanted.reference);
  return new Refusal('invalid-input', {
    fields: {
      ...(sameName ? { name: `A tenant of this name exists. Its reference is “${sameName.reference}”.` } : {}),
      ...(sameReference
        ? { reference: `“${wanted.reference}” is the reference of the tenant ${sameReference.name}.` }
        : {}),
    },
  });
}
