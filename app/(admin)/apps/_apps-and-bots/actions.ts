'use server';

import { revalidatePath } from 'next/cache';
import { currentCaller } from '#lib/auth/current-caller.ts';
import { assignApp } from '#lib/operations/apps/assign-app.ts';
import { planAssignment } from '#lib/operations/apps/plan-assignment.ts';

type SeenKey = { keyId: string; revision: number } | null;

export async function planAssignmentAction(input: { appId: string; to: string | null }) {
  return planAssignment(await currentCaller(), input);
}

/** Every page of apps and keys is fetched again, also by Back: none may show what was before. */
export async function assignAppAction(input: { appId: string; from: SeenKey; to: SeenKey }) {
  const answer = await assignApp(await currentCaller(), input);
  revalidatePath('/apps', 'layout');
  revalidatePath('/enterprise-key', 'layout');
  return answer;
}
