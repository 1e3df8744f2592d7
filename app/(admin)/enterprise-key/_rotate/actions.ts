'use server';

import { revalidatePath } from 'next/cache';
import { currentCaller } from '#lib/auth/current-caller.ts';
import { planChange } from '#lib/operations/apps/plan-change.ts';
import { updateApps } from '#lib/operations/apps/update-apps.ts';
import { makeIrreversible } from '#lib/operations/keys/make-irreversible.ts';
import { revertKey } from '#lib/operations/keys/revert-key.ts';
import { prepareRotation } from '#lib/operations/rotation/prepare-rotation.ts';
import { rotateKey } from '#lib/operations/rotation/rotate-key.ts';
import type { Change, PrepareInput, PromiseInput, RotateInput, UpdateInput } from '../_shared/change.ts';

export async function prepareAction(input: PrepareInput) {
  return shownAnew(await prepareRotation(await currentCaller(), input));
}

export async function rotateAction(input: RotateInput) {
  return shownAnew(await rotateKey(await currentCaller(), input));
}

export async function updateAppsAction(input: UpdateInput) {
  return shownAnew(await updateApps(await currentCaller(), input));
}

export async function revertAction(input: { keyId: string; revision: number }) {
  return shownAnew(await revertKey(await currentCaller(), input));
}

export async function makeIrreversibleAction(input: PromiseInput) {
  return shownAnew(await makeIrreversible(await currentCaller(), input));
}

export async function planAction(input: { keyId: string; change: Change }) {
  return planChange(await currentCaller(), input);
}

/** Every page of the key is fetched again, also by Back: none may show what was before this change. */
function shownAnew<Answer>(answer: Answer): Answer {
  revalidatePath('/enterprise-key', 'layout');
  return answer;
}
