'use client';

import type { ErrorNoticeWords } from '#components/ui/error-notice.tsx';
import type { Result } from '#lib/byok/errors.ts';
import type { ActionError } from '../refusal/action-error.ts';
import { noticeOf, unreachable } from '../refusal/error-words.ts';
import { useCommand } from './use-command.ts';

/**
 * A command beside which nothing was entered that could be lost: why it did not come to an end is a notice. `run` answers with the
 * data, or null after a failure.
 */
export function useAct<Input, Data>(act: (input: Input) => Promise<Result<Data>>) {
  const { run, pending, actionError, clear } = useCommand(act);
  return {
    run: async (input: Input): Promise<Data | null> => {
      const done = await run(input);
      return done.ok ? done.data : null;
    },
    pending,
    error: actionError && noticeOfActionError(actionError),
    clearError: clear,
  };
}

export function noticeOfActionError(actionError: ActionError): ErrorNoticeWords {
  return actionError === 'no-answer' ? unreachable : noticeOf(actionError);
}
