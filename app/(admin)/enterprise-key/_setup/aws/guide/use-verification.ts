'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useReducer, useRef } from 'react';
import type { VerifiableStep } from '#lib/byok/aws/set-up-steps.ts';
import { verifyStep } from './actions.ts';
import { followVerification, noVerification, type VerificationRun } from './verification-run.ts';

export type Verification = { run: VerificationRun; start: (step: VerifiableStep) => Promise<void> };

/** Verifies one step of what is saved and follows it row by row. When the screen goes, nothing more is read. */
export function useVerification(keyId: string): Verification {
  const router = useRouter();
  const [run, dispatch] = useReducer(followVerification, noVerification);
  const present = useRef(false);
  useEffect(() => {
    present.current = true;
    return () => {
      present.current = false;
    };
  }, []);

  async function start(step: VerifiableStep): Promise<void> {
    if (run.phase === 'running') return;
    dispatch({ type: 'begin', step });
    try {
      for await (const event of await verifyStep({ keyId, step })) {
        if (!present.current) return;
        dispatch(event);
      }
    } catch {
      // The connection broke, or the server went away: what was seen until then stays on the screen.
    }
    // After the last event of a whole verification this changes nothing.
    dispatch({ type: 'lost' });
    router.refresh();
  }

  return { run, start };
}
