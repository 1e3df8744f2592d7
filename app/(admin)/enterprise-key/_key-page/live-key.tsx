'use client';

import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useRef } from 'react';
import type { Role } from '#lib/byok/account-views.ts';
import type { KeyPageView } from '#lib/byok/key-views.ts';
import { type LookFailed, useLiveKey } from './use-live-key.ts';

type LiveKey = {
  view: KeyPageView;
  role: Role;
  /** When the view was seen, milliseconds. */
  seenAt: number;
  failure: LookFailed | null;
  lookAgain: () => void;
};

const LiveKeyContext = createContext<LiveKey | null>(null);

type ProviderProps = { initial: KeyPageView; renderedAt: number; role: Role; children: ReactNode };

/** Follows one key for its header and all its tabs: a layout is not rendered again on the way from one to the next. */
export function LiveKeyProvider({ initial, renderedAt, role, children }: ProviderProps) {
  const { view, seenAt, failure, lookAgain } = useLiveKey(initial, renderedAt);
  useTellTenant(view);
  return (
    <LiveKeyContext value={{ view, role, seenAt, failure, lookAgain: () => void lookAgain() }}>
      {children}
    </LiveKeyContext>
  );
}

export function useKey(): LiveKey {
  const found = useContext(LiveKeyContext);
  if (!found) throw new Error('There is no key around this.');
  return found;
}

/** What the key's own page sees first, the banner of the tenant's pages is to say at once. */
function useTellTenant({ health, unreadable }: KeyPageView): void {
  const queries = useQueryClient();
  const seen = [health?.state, ...unreadable.map(({ number, health: { state } }) => `${number} ${state}`)].join();
  const last = useRef(seen);
  useEffect(() => {
    if (last.current === seen) return;
    last.current = seen;
    void queries.invalidateQueries({ queryKey: ['tenant-keys'] });
  }, [queries, seen]);
}
