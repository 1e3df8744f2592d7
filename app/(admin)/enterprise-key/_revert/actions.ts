'use server';

import { currentCaller } from '#lib/auth/current-caller.ts';
import { makeIrreversible } from '#lib/operations/keys/make-irreversible.ts';
import { revertKey } from '#lib/operations/keys/revert-key.ts';
import { shownAnew } from '../_shared/shown-anew.ts';

export async function revertAction(input: { keyId: string; revision: number }) {
  return shownAnew(await revertKey(await currentCaller(), input));
}

export type CommitmentInput = { scope: 'key'; keyId: string; revision: number } | { scope: 'tenant' };

export async function makeIrreversibleAction(input: CommitmentInput) {
  return shownAnew(await makeIrreversible(await currentCaller(), input));
}
