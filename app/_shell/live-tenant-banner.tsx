'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { Banner } from '#components/ui/banner.tsx';
import type { Result } from '#lib/byok/errors.ts';
import type { TenantNotice } from './tenant-banner-words.ts';

const calmMs = 15_000;
const troubledMs = 5_000;
const answerTimeoutMs = 15_000;

class Refused extends Error {}

/** Looks again by itself, since a layout is not rendered again on the way between pages; a page that sees more says so sooner. */
export function LiveTenantBanner({ initial, renderedAt }: { initial: TenantNotice | null; renderedAt: number }) {
  const { data: notice } = useQuery<TenantNotice | null>({
    queryKey: ['tenant-keys'],
    queryFn: ({ signal }) => look(signal),
    initialData: initial,
    initialDataUpdatedAt: renderedAt,
    staleTime: 5_000,
    gcTime: 0,
    refetchInterval: ({ state }) => (state.error instanceof Refused ? false : state.data ? troubledMs : calmMs),
    refetchIntervalInBackground: false,
    retry: false,
  });
  return (
    <div role="status">
      {notice ? (
        <Banner
          action={
            <Link className="link" href={notice.href}>
              What to do
            </Link>
          }
          label="Data that cannot be read now"
          tone={notice.tone}
        >
          <strong className="font-[570]">{notice.title}</strong> {notice.text}
        </Banner>
      ) : null}
    </div>
  );
}

async function look(signal: AbortSignal): Promise<TenantNotice | null> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(answerTimeoutMs)]);
  const response = await fetch('/api/enterprise-keys/unreadable', { signal: limited });
  const result = (await response.json()) as Result<{ notice: TenantNotice | null }>;
  if (!result.ok) throw new Refused(result.error.code);
  return result.data.notice;
}
