'use client';

import { useSyncExternalStore } from 'react';

/** False in the server's HTML and until React has taken it over: what is pressed before that would go nowhere. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}

function never(): () => void {
  return () => {};
}
