'use server';

import { currentCaller } from '#lib/auth/current-caller.ts';
import type { VerifiableStep } from '#lib/byok/aws/set-up-steps.ts';
import { verifySetUpStep } from '#lib/operations/setup/verify-set-up-step.ts';
import { untilLeft } from '../../../_shared/until-left.ts';

/** Streams a row per check of one step as it happens. */
export async function verifyStep(input: { keyId: string; step: VerifiableStep }) {
  return untilLeft(await verifySetUpStep(await currentCaller(), input));
}
