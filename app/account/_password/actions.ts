'use server';

import { currentCaller } from '#lib/auth/current-caller.ts';
import { changePasswordHere } from '#lib/operations/account/change-password.ts';

export async function changePasswordAction(input: Parameters<typeof changePasswordHere>[1]) {
  return changePasswordHere(await currentCaller(), input);
}
