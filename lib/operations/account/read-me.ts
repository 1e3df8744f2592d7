import { z } from 'zod';
import type { Me } from '../../byok/account-views.ts';
import { Refusal } from '../../byok/errors.ts';
import { findTenant } from '../../db/tenant-store.ts';
import { operation } from '../operation.ts';

/** Who is signed in. */
export const readMe = operation({
  name: 'read-me',
  permission: 'self.read',
  input: z.object({}),
  async run({ actor }): Promise<Me> {
    if (actor.kind !== 'person') throw new Refusal('unauthenticated');
    const tenant = actor.tenantId ? await findTenant(actor.tenantId) : undefined;
    return {
      email: actor.email,
      role: actor.role,
      tenant: tenant ? { id: tenant.id, name: tenant.name } : null,
      mustChangePassword: actor.mustChangePassword,
    };
  },
});
