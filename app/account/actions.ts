'use server';

import { currentCaller } from '#lib/auth/current-caller.ts';
import { changePassword } from '#lib/operations/change-password.ts';

export async function changePasswordAction(input: Parameters<typeof changePassword>[1]) {
  return changePassword(await currentCaller(), input);
}
