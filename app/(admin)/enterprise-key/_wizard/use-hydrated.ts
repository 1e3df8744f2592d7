'use client';

import { useSyncExternalStore } from 'react';

/**
 * False until the page answers to the keyboard. A form stays disabled until then: what is typed earlier would be
 * overwritten, and a button pressed earlier would send the form to the server as a plain page request.
 */
export function useHydrated(): boolean {
  return useSyncExternalStore(never, yes, no);
}

function never(): () => void {
  return () => {};
}

function yes(): boolean {
  return true;
}

function no(): boolean {
  return false;
}
