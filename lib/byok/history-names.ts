/** What the history calls a key and what it was pinned to: stored with events, so these names stay. */
import { keyNamesInHistory } from './providers.ts';

/** @param provider whose key it is: its rules may have a name of their own for what a key is given by */
export function keyInHistory(provider: string, keyRef: string | null): Record<string, string | null> {
  return { [keyNamesInHistory(provider).given]: keyRef };
}

export function pinnedInHistory(provider: string, pinnedKeyRef: string): Record<string, string> {
  return { [keyNamesInHistory(provider).pinned]: pinnedKeyRef };
}

/** How many keys that Keyward created nothing names any more. */
export function orphanedInHistory(orphaned: number): { leftOver: number } {
  return { leftOver: orphaned };
}

export function transitionInHistory(transitionId: string): { moveId: string } {
  return { moveId: transitionId };
}
