'use client';

import { useQuery } from '@tanstack/react-query';
import type { Result } from '#lib/byok/errors.ts';
import { type ArrangedTenants, listAddress, type TenantListState } from './arrange-tenants.ts';

const everyMs = 10_000;
const answerTimeoutMs = 15_000;

/**
 * A page of the list as it is now: begins with what the server rendered and looks again by itself while the page is visible.
 * When a look fails, what was last seen stays.
 */
export function useTenants(state: TenantListState, initial: ArrangedTenants | undefined, renderedAt: number) {
  const address = listAddress(state, '/api/tenants');
  const { data, isError } = useQuery({
    queryKey: ['tenants', address],
    queryFn: ({ signal }) => look(address, signal),
    ...(initial ? { initialData: initial, initialDataUpdatedAt: renderedAt } : {}),
    staleTime: 5_000,
    gcTime: 0,
    refetchInterval: everyMs,
    refetchIntervalInBackground: false,
    refetchOnWindowFocus: 'always',
    retry: false,
  });
  return { arranged: data, isOld: isError };
}

async function look(address: string, signal: AbortSignal): Promise<ArrangedTenants> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(answerTimeoutMs)]);
  const response = await fetch(address, { signal: limited });
  const result = (await response.json()) as Result<ArrangedTenants>;
  if (!result.ok) throw new Error(result.error.code);
  return result.data;
}
