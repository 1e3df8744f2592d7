'use server';

import { currentCaller } from '#lib/auth/current-caller.ts';
import { planChange } from '#lib/operations/apps/plan-change.ts';
import { discardChanges } from '#lib/operations/setup/discard-changes.ts';
import { testConfiguration } from '#lib/operations/setup/test-configuration.ts';
import type { Change } from './change.ts';
import { untilLeft } from './until-left.ts';

/** Streams a row per check as it happens. */
export async function runTest(input: { keyId: string }) {
  return untilLeft(await testConfiguration(await currentCaller(), input));
}

export async function planAction(input: { keyId: string; change: Change }) {
  return planChange(await currentCaller(), input);
}

export async function discardKeyChanges(input: { keyId: string; revision: number }) {
  return discardChanges(await currentCaller(), input);
}
