'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ErrorNoticeWords } from '#components/ui/error-notice.tsx';
import type { Result } from '#lib/byok/errors.ts';
import { askAgainAfterMs } from '#lib/byok/health.ts';
import type { CheckedView, HealthView, KeyPageView } from '#lib/byok/key-views.ts';
import { noticeOf, unreachable } from '../../../_shared/refusal/error-words.ts';
import { msUntilNextCheck } from './polling.ts';

/** AWS may take its time for each version, and somebody else's probe is waited for. */
const answerTimeoutMs = 60_000;

/**
 * Asks AWS about a key: when somebody says so, and by itself while the page is visible, at most once per cache time and not
 * while other answers of the key are younger than that. The page looks again after each.
 */
export function useKeyCheck({ id, tenant }: KeyPageView, { at }: HealthView, mayCheck: boolean) {
  const queries = useQueryClient();
  const [byHand, setByHand] = useState<{
    pending: boolean;
    error: ErrorNoticeWords | null;
    answer: CheckedView | null;
  }>({ pending: false, error: null, answer: null });
  const everyMs = askAgainAfterMs(tenant.cacheTtlSeconds);
  const seenAt = at ? Date.parse(at) : 0;
  const queryKey = ['key-check', id];
  const lookAgain = () => queries.invalidateQueries({ queryKey: ['enterprise-key', id] });

  useQuery<number>({
    queryKey,
    async queryFn({ signal }) {
      await ask(id, 'by-page', signal).catch(() => undefined);
      await lookAgain();
      return Date.now();
    },
    enabled: mayCheck,
    initialData: seenAt,
    initialDataUpdatedAt: seenAt,
    staleTime: everyMs,
    refetchInterval: ({ state }) => msUntilNextCheck(Math.max(state.dataUpdatedAt, seenAt), everyMs, Date.now()),
    refetchIntervalInBackground: false,
    refetchOnWindowFocus: true,
    retry: false,
  });

  async function check() {
    setByHand({ pending: true, error: null, answer: null });
    try {
      const result = await ask(id, 'by-hand', AbortSignal.timeout(answerTimeoutMs));
      if (result.ok) queries.setQueryData(queryKey, Date.now());
      setByHand({
        pending: false,
        error: result.ok ? null : noticeOf(result.error),
        answer: result.ok ? result.data : null,
      });
    } catch {
      setByHand({ pending: false, error: unreachable, answer: null });
    }
    await lookAgain();
  }

  return { ...byHand, check: () => void check() };
}

async function ask(keyId: string, asked: 'by-hand' | 'by-page', signal: AbortSignal): Promise<Result<CheckedView>> {
  const response = await fetch(`/api/enterprise-keys/${encodeURIComponent(keyId)}/check`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ asked }),
    signal,
  });
  return (await response.json()) as Result<CheckedView>;
}
