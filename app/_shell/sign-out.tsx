'use client';

import { signOut } from 'next-auth/react';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';

/** Ends the session on the server, then forgets everything that this page had loaded. */
export function SignOut() {
  const [state, setState] = useState<'idle' | 'pending' | 'failed'>('idle');

  async function leave(): Promise<void> {
    setState('pending');
    try {
      await signOut({ redirect: false });
      window.location.assign('/sign-in');
    } catch {
      setState('failed');
    }
  }

  return (
    <>
      <Button onClick={leave} pending={state === 'pending'} size="small">
        Sign out
      </Button>
      {state === 'failed' ? (
        <p className="font-medium text-bad" role="alert">
          Keyward could not be reached: you are still signed in. Try again.
        </p>
      ) : null}
    </>
  );
}
