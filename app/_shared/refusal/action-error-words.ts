import type { ErrorNoticeWords } from '#components/ui/error-notice.tsx';
import type { OperationError } from '#lib/byok/errors.ts';
import type { ActionError } from './action-error.ts';
import { isOwnChange, noticeOf } from './error-words.ts';

/** Why something was not done, as a person reads it: in a notice on the page, or inside a dialog. */
export function actionErrorWords(actionError: ActionError): ErrorNoticeWords {
  if (actionError === 'no-answer') return noAnswer;
  const words = noticeOf(actionError);
  const who = whoAndWhat(actionError);
  return who ? { ...words, meaning: `${who} ${words.meaning}` } : words;
}

/** What helps is to look at what is true now. */
export function needsReload(actionError: ActionError): boolean {
  return (
    actionError !== 'no-answer' && (actionError.code === 'conflict' || actionError.code === 'not-allowed-in-state')
  );
}

const noAnswer = {
  title: 'Keyward did not answer.',
  meaning: 'Keyward could not confirm whether this was saved. What you entered is still here.',
  next: 'Check your connection, then try again.',
};

function whoAndWhat(error: OperationError): string | null {
  const { code, details } = error;
  if (code !== 'conflict' || details?.by === undefined) return null;
  const { by, change, revision } = details;
  return `${isOwnChange(error) ? 'You' : by} ${typeof change === 'string' ? change : 'changed it'} (revision ${revision}).`;
}
