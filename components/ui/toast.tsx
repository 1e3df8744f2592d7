'use client';

import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';
import { latePart, useLatePart } from './late-part.ts';

type Tell = (done: string) => void;

const Telling = createContext<Tell>(() => undefined);

/** Says what was done, in one sentence: "The token was revoked." What failed, or wants an answer, never goes into a toast. */
export function useToast(): Tell {
  return useContext(Telling);
}

const toasts = latePart(() => import('./toasts.tsx').then(({ Toasts }) => Toasts));

/**
 * Once, around everything. A toast outlives the page on which it was asked for, so an act may go on to another page. What shows them is
 * loaded with the first one; where it cannot be loaded, they wait for the next one.
 */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [waiting, setWaiting] = useState<readonly string[]>([]);
  const [wanted, setWanted] = useState(false);
  const Toasts = useLatePart(toasts, wanted, () => setWanted(false));
  const tell = useCallback((done: string) => {
    setWaiting((all) => [...all, done]);
    setWanted(true);
  }, []);
  const takeOut = useCallback((count: number) => setWaiting((all) => all.slice(count)), []);
  return (
    <Telling value={tell}>
      {children}
      {Toasts ? <Toasts onShown={takeOut} waiting={waiting} /> : null}
    </Telling>
  );
}
