'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ErrorNoticeWords } from '#components/ui/error-notice.tsx';
import type { Result } from '#lib/byok/errors.ts';
import { askAgainAfterMs } from '#lib/byok/health.ts';
import type { CheckedView, HealthView, KeyPageView } from '#lib/byok/key-views.ts';
import { noticeOf, unreachable } from '../../../_shared/refusal/error-words.ts';
import { msUntilNextCheck } from './polling.ts';

/** AWS may take its time for each version, and somebody else's probe is waited for. */
const answerTimeoutMs = 60_000;

/**
 * Asks the key service about a key: when somebody says so, and by itself while the page is visible, at most once per cache time and not
 * while other answers of the key are younger than that. The page looks again after each.
 */
export function useKeyCheck({ id, tenant }: KeyPageView, { at }: HealthView, mayCheck: boolean) {
  const queries = useQueryClient();
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

  const byHand = useMutation({
    mutationFn: () => ask(id, 'by-hand', AbortSignal.timeout(answerTimeoutMs)),
    onSuccess: ({ ok }) => void (ok && queries.setQueryData(queryKey, Date.now())),
    onSettled: lookAgain,
  });
  const { data: result, isPending: pending, isError } = byHand;
  const error: ErrorNoticeWords | null = isError ? unreachable : result && !result.ok ? noticeOf(result.error) : null;
  const answer: CheckedView | null = result?.ok ? result.data : null;

  return { pending, error, answer, check: () => byHand.mutate() };
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
