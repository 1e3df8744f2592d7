'use client';

import type { Ref } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ErrorNotice } from '#components/ui/error-notice.tsx';
import type { ActionError } from './action-error.ts';
import { actionErrorWords, needsReload } from './action-error-words.ts';

type ActionErrorNoticeProps = {
  actionError: ActionError | null;
  /** Called before the page is loaded anew. */
  onReload?: () => void;
  /** Another way to see what is true now, for a form that keeps what was entered. */
  reload?: () => void;
  /** Of `useFocusOnError`, where what was pressed may be far from it. */
  ref?: Ref<HTMLDivElement>;
};

/** A refusal in words, with what helps on the spot: reload after somebody else's change, sign in again. */
export function ActionErrorNotice({ ref, ...help }: ActionErrorNoticeProps) {
  if (help.actionError === null) return null;
  return (
    <ErrorNotice error={actionErrorWords(help.actionError)} ref={ref}>
      <WhatHelps {...help} />
    </ErrorNotice>
  );
}

export function WhatHelps({ actionError, onReload, reload = reloadPage }: Omit<ActionErrorNoticeProps, 'ref'>) {
  if (actionError === null || actionError === 'no-answer') return null;
  if (needsReload(actionError)) {
    const press = () => {
      onReload?.();
      reload();
    };
    return (
      <Button onClick={press} size="small">
        Reload
      </Button>
    );
  }
  if (actionError.code !== 'unauthenticated') return null;
  return (
    <p>
      <a className="link" href="/sign-in" rel="noreferrer" target="_blank">
        Sign in in a new tab
      </a>
      , then come back and press the button again: what you entered is still here.
    </p>
  );
}

function reloadPage(): void {
  window.location.reload();
}
