import { z } from 'zod';
import { newOneTimePassword } from '../../auth/one-time-password.ts';
import { Refusal } from '../../byok/errors.ts';
import { shownText } from '../../byok/shown-text.ts';
import { personWho } from '../../byok/who.ts';
import { insertPerson } from '../../db/person-store.ts';
import { operation } from '../operation.ts';
import { addressTenant, tenantAddress } from './address-tenant.ts';

export type CreatedPerson = {
  personId: string;
  email: string;
  role: 'admin' | 'viewer';
  tenantId: string;
  tenantName: string;
  oneTimePassword: string;
  /** Until when it can be used, ISO 8601. */
  passwordEndsAt: string;
};

/** An account of a tenant's administrator or viewer, with a password to be used once. It is told here and nowhere else. */
export const createPerson = operation({
  name: 'create-person',
  permission: 'tenants.manage',
  input: z.object({
    ...tenantAddress,
    email: shownText({ max: [254, 'Use at most 254 characters.'] })
      .regex(/^[^\s@]+@[^\s@]+$/, 'Enter an email address.')
      .toLowerCase(),
    role: z.enum(['admin', 'viewer'], 'Choose admin or viewer.'),
  }),
  async run(context, input): Promise<CreatedPerson> {
    const tenant = await addressTenant(input);
    const { oneTimePassword, stored } = await newOneTimePassword();
    const { email, role } = input;
    return context.commit(async (tx) => {
      const personId = await insertPerson(tx, {
        email,
        role,
        tenantId: tenant.id,
        ...stored,
      });
      if (!personId) throw new Refusal('invalid-input', { fields: { email: 'This address has an account already.' } });
      return {
        data: {
          personId,
          email,
          role,
          tenantId: tenant.id,
          tenantName: tenant.name,
          oneTimePassword,
          passwordEndsAt: stored.passwordEndsAt.toISOString(),
        },
        audit: { tenantId: tenant.id, target: personId, after: { email: personWho(personId), role } },
      };
    });
  },
});
