'use server';

import { revalidatePath } from 'next/cache';
import { currentCaller } from '#lib/auth/current-caller.ts';
import type { CheckId } from '#lib/byok/test-report.ts';
import { createCustomerKey } from '#lib/operations/setup/create-customer-key.ts';
import { discardChanges } from '#lib/operations/setup/discard-changes.ts';
import { saveStep } from '#lib/operations/setup/save-step.ts';
import { scheduleKey } from '#lib/operations/setup/schedule-key.ts';
import { testConfiguration } from '#lib/operations/setup/test-configuration.ts';
import { untilLeft } from '../_shared/until-left.ts';
import type { SaveStepInput } from './step-input.ts';

export async function saveWizardStep(input: SaveStepInput) {
  return shownAnew(await saveStep(await currentCaller(), input));
}

/** Streams a row per check as it happens. */
export async function runTest(input: { keyId: string }) {
  return untilLeft(await testConfiguration(await currentCaller(), input));
}

export async function proceedWithKey(input: { keyId: string; revision: number; acknowledged: CheckId[] }) {
  return scheduleKey(await currentCaller(), input);
}

export async function createCustomerKeyAction(input: { keyId: string; revision: number; aliasName: string }) {
  return shownAnew(await createCustomerKey(await currentCaller(), input));
}

export async function discardKeyChanges(input: { keyId: string; revision: number }) {
  return discardChanges(await currentCaller(), input);
}

/** Every step is fetched again, also by Back: none may show, or save on top of, what was before this change. */
function shownAnew<Answer>(answer: Answer): Answer {
  revalidatePath('/enterprise-key', 'layout');
  return answer;
}
