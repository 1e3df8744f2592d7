import { z } from 'zod';
import { Refusal } from '../../byok/errors.ts';
import { optionalReference } from '../../byok/references.ts';
import { slugOf } from '../../byok/slug.ts';
import type { AppKind } from '../../byok/vendor-views.ts';
import { findAppByName, findAppByReference, insertApp, type ReferencedApp } from '../../db/app-directory-store.ts';
import { operation } from '../operation.ts';
import { addressTenant, tenantAddress } from '../tenants/address-tenant.ts';
import { nameInput, noSlug } from '../tenants/name-input.ts';

export type CreatedApp = {
  appId: string;
  tenantId: string;
  name: string;
  kind: AppKind;
  reference: string;
  /** False where it was there already: nothing was changed. */
  created: boolean;
};

/**
 * A new app or bot of a tenant. It lies under the platform key, whatever keys the tenant has, until an administrator of the
 * tenant selects it: nothing here decides for the customer.
 *
 * The same reference answers the same app, also to two at once; with another name or kind it is refused and changes nothing.
 */
export const createApp = operation({
  name: 'create-app',
  permission: 'tenants.manage',
  input: z.object({
    ...tenantAddress,
    name: nameInput,
    kind: z.enum(['app', 'bot'], 'Choose app or bot.'),
    reference: optionalReference,
  }),
  async run(context, input): Promise<CreatedApp> {
    const tenant = await addressTenant(input);
    const reference = input.reference ?? slugOf(input.name);
    if (reference === '') throw new Refusal('invalid-input', { fields: { reference: noSlug } });
    const wanted = { tenantId: tenant.id, name: input.name, kind: input.kind, reference };
    const known = await findAppByReference(tenant.id, reference);
    if (known) return same(known, wanted);
    try {
      return await context.commit(async (tx) => {
        const app = await insertApp(tx, wanted);
        if (!app) throw new Taken();
        const { name, kind } = app;
        return {
          data: { appId: app.id, tenantId: tenant.id, name, kind, reference, created: true },
          audit: { tenantId: tenant.id, target: app.id, after: { name, kind, reference } },
        };
      });
    } catch (error) {
      if (!(error instanceof Taken)) throw error;
      const rival = await findAppByReference(tenant.id, reference);
      if (rival) return same(rival, wanted);
      const namesake = await findAppByName(tenant.id, wanted.name);
      const whose = namesake ? ` Its reference is “${namesake.reference}”.` : '';
      throw new Refusal('invalid-input', { fields: { name: `This tenant has an app of this name.${whose}` } });
    }
  },
});

/** Ends the transaction with nothing stored: another app has the name or the reference. */
class Taken extends Error {}

function same(known: ReferencedApp, wanted: { tenantId: string; name: string; kind: AppKind }): CreatedApp {
  const { id, name, kind, reference } = known;
  if (name !== wanted.name || kind !== wanted.kind) {
    throw new Refusal('invalid-input', {
      fields: { reference: `“${reference}” is the reference of the ${kind} “${name}”. Nothing was changed.` },
    });
  }
  return { appId: id, tenantId: wanted.tenantId, name, kind, reference, created: false };
}
