'use client';

import { useCallback, useState } from 'react';
import type { ErrorNoticeWords } from '#components/ui/error-notice.tsx';
import type { Result } from '#lib/byok/errors.ts';
import { noticeOf, unreachable } from '../refusal/error-words.ts';

/**
 * One server action with what a screen has to show of it: whether it runs, and why it did not come to an end. `run`
 * answers with the data, or null after a failure. Nothing of the answer is kept here.
 */
export function useAct<Input extends unknown[], Data>(act: (...input: Input) => Promise<Result<Data>>) {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<ErrorNoticeWords | null>(null);

  const run = useCallback(
    async (...input: Input): Promise<Data | null> => {
      setPending(true);
      setError(null);
      try {
        const result = await act(...input);
        if (result.ok) return result.data;
        setError(noticeOf(result.error));
      } catch {
        setError(unreachable);
      } finally {
        setPending(false);
      }
      return null;
    },
    [act],
  );

  return { run, pending, error, clearError: useCallback(() => setError(null), []) };
}
