'use client';

import { Button } from '#components/ui/button.tsx';

/** Loads the page anew, where it could not be shown for a while. */
export function TryAgain() {
  return (
    <Button onClick={() => window.location.reload()} variant="primary">
      Try again
    </Button>
  );
}
