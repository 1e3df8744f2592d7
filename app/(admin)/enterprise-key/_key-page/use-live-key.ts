'use client';

import { useQuery } from '@tanstack/react-query';
import { errorWords, type OperationError, type Result } from '#lib/byok/errors.ts';
import type { KeyPageView } from '#lib/byok/key-views.ts';
import { pollIntervalMs } from './polling.ts';

/** How long a page waits for one answer before it says that what it shows is old. */
const answerTimeoutMs = 15_000;

/** Why a look at the key failed: the server's refusal, or null while the server could not be asked at all. */
export class LookFailed extends Error {
  readonly refusal: OperationError | null;

  constructor(refusal: OperationError | null) {
    super(refusal ? errorWords[refusal.code].title : 'Keyward could not be reached.');
    this.refusal = refusal;
  }
}

/**
 * A key's page as it is now: begins with what the server rendered (at `renderedAt`, milliseconds) and looks again by
 * itself while the page is visible. When a look fails, what was last seen stays, with the failure beside it;
 * after a refusal (the session has ended, the key is gone) it does not ask again by itself.
 */
export function useLiveKey(initial: KeyPageView, renderedAt: number) {
  const { data, dataUpdatedAt, error, refetch } = useQuery<KeyPageView, LookFailed>({
    queryKey: ['enterprise-key', initial.id],
    queryFn: ({ signal }) => lookAtKey(initial.id, signal),
    initialData: initial,
    initialDataUpdatedAt: renderedAt,
    // What the server has just rendered is not fetched once more on arrival.
    staleTime: 5_000,
    // Nothing outlives the page: after a command on another one, what was seen here before would hide what the server renders now.
    gcTime: 0,
    refetchInterval: ({ state }) =>
      state.error?.refusal || !state.data ? false : pollIntervalMs(state.data, new Date()),
    refetchIntervalInBackground: false,
    refetchOnWindowFocus: 'always',
    retry: false,
  });
  return { view: data, seenAt: dataUpdatedAt, failure: error, lookAgain: refetch };
}

async function lookAtKey(keyId: string, signal: AbortSignal): Promise<KeyPageView> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(answerTimeoutMs)]);
  let result: Result<KeyPageView>;
  try {
    const response = await fetch(`/api/enterprise-keys/${encodeURIComponent(keyId)}`, { signal: limited });
    result = (await response.json()) as Result<KeyPageView>;
  } catch {
    throw new LookFailed(null);
  }
  if (!result.ok) throw new LookFailed(result.error);
  return result.data;
}
