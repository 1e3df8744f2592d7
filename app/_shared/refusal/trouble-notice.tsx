'use client';

import { Button } from '#components/ui/button.tsx';
import { ErrorNotice } from '#components/ui/error-notice.tsx';
import type { Trouble } from './trouble.ts';
import { needsReload, troubleWords } from './trouble-words.ts';

type TroubleProps = {
  trouble: Trouble | null;
  /** Called before the page is loaded anew. */
  onReload?: () => void;
  /** Another way to see what is true now, for a form that keeps what was entered. */
  reload?: () => void;
};

/** A refusal in words, with what helps on the spot: reload after somebody else's change, sign in again. */
export function TroubleNotice(props: TroubleProps) {
  if (props.trouble === null) return null;
  return (
    <ErrorNotice error={troubleWords(props.trouble)}>
      <WhatHelps {...props} />
    </ErrorNotice>
  );
}

export function WhatHelps({ trouble, onReload, reload = reloadPage }: TroubleProps) {
  if (trouble === null || trouble === 'no-answer') return null;
  if (needsReload(trouble)) {
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
  if (trouble.code !== 'unauthenticated') return null;
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
