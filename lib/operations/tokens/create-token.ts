import { z } from 'zod';
import { hashSecretToken, newSecretToken } from '../../auth/secret-token.ts';
import { Refusal } from '../../byok/errors.ts';
import { message } from '../../byok/messages/catalogue.ts';
import { shownText } from '../../byok/shown-text.ts';
import type { TokenRow } from '../../byok/vendor-views.ts';
import { findTenant } from '../../db/tenant-store.ts';
import { insertToken, isAhead } from '../../db/token-store.ts';
import { operation } from '../operation.ts';

/** A bearer token of one tenant for a service of the vendor's. Told once, stored hashed. */
export const createToken = operation({
  name: 'create-token',
  permission: 'tokens.manage',
  limit: 'token',
  input: z.object({
    tenantId: z.uuid('Choose a tenant.'),
    name: shownText({ min: [1, 'Say what uses this token.'], max: [80, 'Use at most 80 characters.'] }),
    actions: z
      .array(z.enum(['encrypt', 'decrypt', 'lease']))
      .min(1, 'Choose at least one action.')
      .transform((actions) => [...new Set(actions)]),
    /** From when on it is nobody's; without, until it is revoked. */
    endsAt: z.iso.datetime({ offset: true, error: 'Enter a date and a time.' }).pipe(z.coerce.date()).nullish(),
  }),
  async run(context, input): Promise<{ token: string; row: TokenRow }> {
    if (!(await findTenant(input.tenantId))) throw new Refusal('not-found');
    if (input.endsAt && !(await isAhead(input.endsAt)))
      throw new Refusal('invalid-input', { fields: { endsAt: 'This time has passed. Choose a later one.' } });
    const token = newSecretToken('kwt_');
    return context.commit(async (tx) => {
      const row = await insertToken(tx, {
        ...input,
        hint: token.slice(0, 10),
        hash: hashSecretToken(token),
        createdBy: context.who,
      });
      return {
        data: { token, row },
        audit: {
          tenantId: input.tenantId,
          target: row.id,
          after: { name: row.name, hint: row.hint, actions: row.actions, ends: row.endsAt ?? message('when-revoked') },
        },
      };
    });
  },
});
