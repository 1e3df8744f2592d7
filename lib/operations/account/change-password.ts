import { z } from 'zod';
import { HashQueueFull, hashInTurn } from '../../auth/hash-queue.ts';
import type { Caller } from '../../auth/identify.ts';
import { sessionLifetimeMs } from '../../auth/identify.ts';
import { hashPassword, longestPassword, verifyPassword } from '../../auth/password.ts';
import { renewSession } from '../../auth/renew-session.ts';
import { hashSecretToken, newSecretToken } from '../../auth/secret-token.ts';
import { passwordChangeRules, waitWords } from '../../auth/sign-in-limits.ts';
import { weaknessOf } from '../../auth/weak-password.ts';
import { Refusal, type Result } from '../../byok/errors.ts';
import { personWho } from '../../byok/who.ts';
import { setPassword } from '../../db/person-store.ts';
import { countTry, forgiveTry } from '../../db/sign-in-count-store.ts';
import { operation } from '../operation.ts';

/** What the caller's browser is to keep in place of its cookies: for the server alone. */
export type ChangedPassword = { sessionId: string; account: { id: string; passwordHash: string } };

/**
 * A new password for oneself. Ends every session of the same person, also this one: in its place there is a new one, which the action
 * puts into a cookie and never into its own answer.
 */
export const changePassword = operation({
  name: 'change-password',
  permission: 'self.change-password',
  input: z.object({
    current: z.string().min(1, 'Enter your current password.').max(longestPassword),
    next: z
      .string()
      .min(12, 'Use at least 12 characters.')
      .max(longestPassword, 'Use at most 1,024 characters.')
      .refine((next) => next.trim() !== '', 'Use more than spaces.'),
  }),
  async run(context, input): Promise<ChangedPassword> {
    const { actor } = context;
    if (actor.kind !== 'person') throw new Refusal('unauthenticated');
    const tried = await countTry(passwordChangeRules(actor.sessionHash));
    if ('waitSeconds' in tried) throw tooMany(tried.waitSeconds);
    if (!(await inTurn(() => verifyPassword(actor.passwordHash, input.current)))) {
      throw new Refusal('invalid-input', { fields: { current: 'This is not your current password.' } });
    }
    await forgiveTry(tried.counted);
    if (input.next === input.current)
      throw new Refusal('invalid-input', { fields: { next: 'Choose another than the current one.' } });
    const weakness = await weaknessOf(input.next, [actor.email]);
    if (weakness) throw new Refusal('invalid-input', { fields: { next: weakness } });
    const passwordHash = await inTurn(() => hashPassword(input.next));
    const sessionId = newSecretToken('');
    const session = {
      idHash: hashSecretToken(sessionId),
      expiresAt: new Date(context.now.getTime() + sessionLifetimeMs),
    };
    return context.commit(async (tx) => {
      if (!(await setPassword(tx, actor, passwordHash, session))) throw new Refusal('conflict');
      return {
        data: { sessionId, account: { id: actor.id, passwordHash } },
        audit: { target: personWho(actor.id) },
      };
    });
  },
});

/** The same for whoever asks with a browser: what it answers goes into cookies that no script can read, and into nothing else. */
export async function changePasswordHere(
  caller: Caller,
  input: Parameters<typeof changePassword>[1],
): Promise<Result<Record<string, never>>> {
  const result = await changePassword(caller, input);
  if (!result.ok) return result;
  await renewSession(result.data.sessionId, result.data.account);
  return { ok: true, data: {} };
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await hashInTurn('known', work);
  } catch (error) {
    if (error instanceof HashQueueFull) throw tooMany(5);
    throw error;
  }
}

function tooMany(retryAfterSeconds: number): Refusal {
  const next = `Try again ${waitWords(retryAfterSeconds)}.`;
  return new Refusal('too-many-requests', { details: { retryAfterSeconds, next } });
}
