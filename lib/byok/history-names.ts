/** What the history calls a key and what it was pinned to: stored with events, so these names stay. */
export function keyInHistory(keyRef: string | null): { keyArn: string | null } {
  return { keyArn: keyRef };
}

export function pinnedInHistory(pinnedKeyRef: string): { pinnedKeyArn: string } {
  return { pinnedKeyArn: pinnedKeyRef };
}

/** How many keys that Keyward created nothing names any more. */
export function orphanedInHistory(orphaned: number): { leftOver: number } {
  return { leftOver: orphaned };
}

export function transitionInHistory(transitionId: string): { moveId: string } {
  return { moveId: transitionId };
}
