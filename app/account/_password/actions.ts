'use server';

import { currentCaller } from '#lib/auth/current-caller.ts';
import { renewSession } from '#lib/auth/renew-session.ts';
import type { Result } from '#lib/byok/errors.ts';
import { changePassword } from '#lib/operations/account/change-password.ts';

export async function changePasswordAction(
  input: Parameters<typeof changePassword>[1],
): Promise<Result<Record<string, never>>> {
  const result = await changePassword(await currentCaller(), input);
  if (!result.ok) return result;
  // What it answers goes into cookies that no script can read, and into nothing else.
  await renewSession(result.data.sessionId, result.data.account);
  return { ok: true, data: {} };
}
