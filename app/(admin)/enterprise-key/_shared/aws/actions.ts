'use server';

import { currentCaller } from '#lib/auth/current-caller.ts';
import { notePolicyScope } from '#lib/operations/setup/note-policy-scope.ts';
import { shownAnew } from '../shown-anew.ts';

/** The IAM policy is to name every key for now. */
export async function chooseAnyKey(keyId: string) {
  return shownAnew(await notePolicyScope(await currentCaller(), { keyId, note: 'any-key' }));
}

/** The IAM policy names the key alone by now: found in a pasted policy, or said so. */
export async function noteNarrowed(keyId: string, how: 'checked' | 'said') {
  return shownAnew(await notePolicyScope(await currentCaller(), { keyId, note: 'narrowed', how }));
}
