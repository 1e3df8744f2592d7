'use client';

import type { VerifiableStep } from '#lib/byok/aws/set-up-steps.ts';
import { type Streamed, useStreamedRun } from '../../../_shared/connection/use-streamed-run.ts';
import { verifyStep } from './actions.ts';
import type { VerificationRun } from './verification-words.ts';

export type Verification = Streamed<VerifiableStep, VerificationRun, NonNullable<VerificationRun['done']>>;

/** Verifies what is saved, one step at a time. */
export function useVerification(keyId: string): Verification {
  return useStreamedRun((step: VerifiableStep) => verifyStep({ keyId, step }));
}
