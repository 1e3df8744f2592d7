import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { allowTry } from '../../auth/rate-limit.ts';
import { Refusal } from '../../byok/errors.ts';
import { findProfile } from '../../db/record-store.ts';
import { openRecords, refusalOf } from '../../key-lifecycle/open-records.ts';
import { freshSource } from '../../keyring/keyring.ts';
import { operation } from '../operation.ts';

/** What an authorization profile's envelope holds. */
const storedProfile = z.object({ userName: z.string(), password: z.string() });

/**
 * Opens a stored authorization profile and compares it with what was typed, in constant time. Says yes or no and
 * nothing of the difference. Five tries a minute for a person and profile.
 */
export const checkAuthorizationProfile = operation({
  name: 'check-authorization-profile',
  permission: 'data.open',
  input: z.object({
    profileId: z.uuid('Choose an authorization profile.'),
    userName: z.string().min(1, 'Enter the user name.').max(1_024),
    password: z.string().min(1, 'Enter the password.').max(1_024),
  }),
  async run(context, input): Promise<{ matches: boolean }> {
    if (context.actor.kind !== 'person') throw new Refusal('forbidden');
    if (!(await allowTry('check-profile', `${context.actor.id}:${input.profileId}`)))
      throw new Refusal('too-many-requests');
    const row = await findProfile(context.tenantId, input.profileId);
    if (!row) throw new Refusal('not-found');
    const source = freshSource();
    try {
      const [result] = await openRecords(source, [row]);
      if (!result) throw new Refusal('not-found');
      if (!result.ok)
        throw result.error instanceof Refusal
          ? result.error
          : new Refusal(refusalOf(result.error).code, { cause: result.error });
      const stored = storedProfile.parse(JSON.parse(result.plaintext.toString('utf8')));
      result.plaintext.fill(0);
      // Both are compared, whatever the first one says.
      const sameUser = equal(stored.userName, input.userName);
      const samePassword = equal(stored.password, input.password);
      return await context.commit(async () => ({
        data: { matches: sameUser && samePassword },
        audit: {
          target: row.id,
          after: { profile: row.name, matches: sameUser && samePassword },
          awsRequestIds: source.awsRequestIds,
        },
      }));
    } finally {
      source.close();
    }
  },
});

/** Hashed first, so that lengths say nothing either. */
function equal(a: string, b: string): boolean {
  return timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());
}
