'use server';

import { currentCaller } from '#lib/auth/current-caller.ts';
import type { CheckId } from '#lib/byok/test-report.ts';
import { createCustomerKey } from '#lib/operations/setup/create-customer-key.ts';
import { saveStep } from '#lib/operations/setup/save-step.ts';
import { scheduleKey } from '#lib/operations/setup/schedule-key.ts';
import { shownAnew } from '../_shared/shown-anew.ts';
import type { SaveStepInput } from './step-input.ts';

export async function saveWizardStep(input: SaveStepInput) {
  return shownAnew(await saveStep(await currentCaller(), input));
}

export async function proceedWithKey(input: { keyId: string; revision: number; acknowledged: CheckId[] }) {
  return scheduleKey(await currentCaller(), input);
}

export async function createCustomerKeyAction(input: { keyId: string; revision: number; aliasName: string }) {
  return shownAnew(await createCustomerKey(await currentCaller(), input));
}
