'use client';

import { useMutation } from '@tanstack/react-query';
import { signOut } from 'next-auth/react';
import { Button } from '#components/ui/button.tsx';

/** Ends the session on the server, then forgets everything that this page had loaded. */
export function SignOut() {
  const leaving = useMutation({
    mutationFn: () => signOut({ redirect: false }),
    onSuccess: () => window.location.assign('/sign-in'),
    // Without a connection it fails and says so.
    networkMode: 'always',
  });

  return (
    <>
      <Button
        onClick={() => leaving.mutate()}
        // On success it stays pending until the next page is there.
        pending={leaving.isPending || leaving.isSuccess}
        size="small"
      >
        Sign out
      </Button>
      {leaving.isError ? (
        <p className="font-medium text-bad" role="alert">
          Keyward could not be reached: you are still signed in. Try again.
        </p>
      ) : null}
    </>
  );
}
