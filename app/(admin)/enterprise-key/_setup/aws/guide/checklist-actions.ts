'use server';

import { revalidatePath } from 'next/cache';
import { currentCaller } from '#lib/auth/current-caller.ts';
import type { VerifiableStep } from '#lib/byok/aws/set-up-steps.ts';
import { notePolicyScope } from '#lib/operations/setup/note-policy-scope.ts';
import { verifySetUpStep } from '#lib/operations/setup/verify-set-up-step.ts';
import { untilLeft } from '../../../_shared/until-left.ts';

/** Streams a row per check of one step as it happens. */
export async function verifyStep(input: { keyId: string; step: VerifiableStep }) {
  return untilLeft(await verifySetUpStep(await currentCaller(), input));
}

/** The IAM policy is to name every key for now. */
export async function chooseAnyKey(keyId: string) {
  return shownAnew(await notePolicyScope(await currentCaller(), { keyId, note: 'any-key' }));
}

/** The IAM policy names the key alone by now: found in a pasted policy, or said so. */
export async function noteNarrowed(keyId: string, how: 'checked' | 'said') {
  return shownAnew(await notePolicyScope(await currentCaller(), { keyId, note: 'narrowed', how }));
}

function shownAnew<Answer>(answer: Answer): Answer {
  revalidatePath('/enterprise-key', 'layout');
  return answer;
}
