'use server';

import { currentCaller } from '#lib/auth/current-caller.ts';
import { createToken } from '#lib/operations/tokens/create-token.ts';
import { revokeToken } from '#lib/operations/tokens/revoke-token.ts';

export async function createTokenAction(input: Parameters<typeof createToken>[1]) {
  return createToken(await currentCaller(), input);
}

export async function revokeTokenAction(tokenId: string) {
  return revokeToken(await currentCaller(), { tokenId });
}
