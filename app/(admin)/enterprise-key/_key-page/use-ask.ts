'use client';

import { createContext, useContext } from 'react';

/** What is done to a key as a whole after it was asked in a dialog, from wherever one is on its page. */
export type Act = 'edit' | 'revert' | 'delete';

export type Asking = {
  /** Opens the dialog; the focus comes back to where it was asked from. */
  ask: (act: Act, from: HTMLElement | null) => void;
  /** Why it cannot be done now; null where it can. */
  whyNot: Record<Act, string | null>;
};

export const AskContext = createContext<Asking | null>(null);

export function useAsk(): Asking {
  const found = useContext(AskContext);
  if (!found) throw new Error('There is no key around this.');
  return found;
}
