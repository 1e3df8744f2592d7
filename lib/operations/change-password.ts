import { z } from 'zod';
import { hashPassword, verifyPassword } from '../auth/password.ts';
import { allowTry } from '../auth/rate-limit.ts';
import { Refusal } from '../byok/errors.ts';
import { setPassword } from '../db/person-store.ts';
import { operation } from './operation.ts';

/** A new password for oneself. Ends every other session of the same person. */
export const changePassword = operation({
  name: 'change-password',
  permission: 'self.change-password',
  input: z.object({
    current: z.string().min(1, 'Enter your current password.').max(1_024),
    next: z.string().min(12, 'Use at least 12 characters.').max(1_024, 'Use at most 1,024 characters.'),
  }),
  async run(context, input): Promise<Record<string, never>> {
    const { actor } = context;
    if (actor.kind !== 'person') throw new Refusal('unauthenticated');
    if (!(await allowTry('change-password', actor.id))) throw new Refusal('too-many-requests');
    if (!(await verifyPassword(actor.passwordHash, input.current))) {
      throw new Refusal('invalid-input', { fields: { current: 'This is not your current password.' } });
    }
    if (input.next === input.current)
      throw new Refusal('invalid-input', { fields: { next: 'Choose another than the current one.' } });
    const passwordHash = await hashPassword(input.next);
    return context.commit(async (tx) => {
      await setPassword(tx, actor.id, passwordHash, actor.sessionHash);
      return { data: {}, audit: { target: actor.email } };
    });
  },
});
