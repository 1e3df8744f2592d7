'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import type { Result } from '#lib/byok/errors.ts';
import type { TenantRow } from '#lib/byok/vendor-views.ts';
import { TenantCondition } from './tenant-condition.tsx';

const everyMs = 10_000;

/**
 * The tenant's condition, which keeps itself up to date. It asks for the row of the list, which is no look into the tenant; only
 * when that has become another one is the page read again.
 */
export function LiveTenantCondition({ initial }: { initial: TenantRow }) {
  const router = useRouter();
  const { data } = useQuery({
    queryKey: ['tenant-row', initial.id],
    queryFn: async ({ signal }) => {
      const response = await fetch(`/api/tenants/${initial.id}`, { signal });
      const result = (await response.json()) as Result<TenantRow>;
      if (!result.ok) throw new Error(result.error.code);
      return result.data;
    },
    initialData: initial,
    staleTime: everyMs,
    gcTime: 0,
    refetchInterval: everyMs,
    refetchIntervalInBackground: false,
    retry: false,
  });
  const news = conditionOf(data);
  const shown = conditionOf(initial);
  useEffect(() => {
    if (news !== shown) router.refresh();
  }, [news, shown, router]);
  return <TenantCondition tenant={data} />;
}

/** What decides what the rest of the page says. */
function conditionOf({ status, cause, whoseMove, keyId, health }: TenantRow): string {
  return JSON.stringify([status, cause, whoseMove, keyId, health?.state]);
}
