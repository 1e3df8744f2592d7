'use server';

import { currentCaller } from '#lib/auth/current-caller.ts';
import { policyScope, type ScopeSaid } from '#lib/byok/aws/policy-scope.ts';
import { notePolicyScope } from '#lib/operations/setup/note-policy-scope.ts';
import { shownAnew } from '../shown-anew.ts';

/** The IAM policy is to name every key for now. */
export async function chooseAnyKey(keyId: string) {
  return note(keyId, { note: 'any-key' });
}

/** The IAM policy names the key alone by now: found in a pasted policy, or said so. */
export async function noteNarrowed(keyId: string, how: 'checked' | 'said') {
  return note(keyId, { note: 'narrowed', how });
}

async function note(keyId: string, said: ScopeSaid) {
  return shownAnew(await notePolicyScope(await currentCaller(), { keyId, choice: policyScope, said }));
}
