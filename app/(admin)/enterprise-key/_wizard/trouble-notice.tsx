'use client';

import { Button } from '#components/ui/button.tsx';
import { ErrorNotice } from '#components/ui/error-notice.tsx';
import { errorWords, type OperationError } from '#lib/byok/errors.ts';
import type { Trouble } from './use-save-step.ts';
import { whoAndWhat } from './who-and-what.ts';

const noAnswer = {
  title: 'Keyward did not answer.',
  meaning: 'It is not known whether this was saved. What you entered is still here.',
  next: 'Check your connection, then try again.',
};

type TroubleNoticeProps = {
  trouble: Trouble | null;
  /** Called before the page is loaded anew. */
  onReload?: () => void;
  /** Another way to see what is true now, for a form that keeps what was entered. */
  reload?: () => void;
};

/** A refusal in words, with what helps on the spot: reload after somebody else's change, sign in again. */
export function TroubleNotice({ trouble, onReload, reload = reloadPage }: TroubleNoticeProps) {
  if (trouble === null) return null;
  if (trouble === 'no-answer') return <ErrorNotice error={noAnswer} />;
  return (
    <ErrorNotice error={{ ...errorWords[trouble.code], requestId: trouble.requestId }}>
      <WhatExactly error={trouble} />
      {trouble.code === 'conflict' || trouble.code === 'not-allowed-in-state' ? (
        <Button
          onClick={() => {
            onReload?.();
            reload();
          }}
          size="small"
        >
          Reload
        </Button>
      ) : null}
      {trouble.code === 'unauthenticated' ? (
        <p>
          <a className="link" href="/sign-in" rel="noreferrer" target="_blank">
            Sign in in a new tab
          </a>
          , then come back and press the button again: what you entered is still here.
        </p>
      ) : null}
    </ErrorNotice>
  );
}

function reloadPage(): void {
  window.location.reload();
}

/** The facts of this very refusal. */
function WhatExactly({ error }: { error: OperationError }) {
  const who = whoAndWhat(error);
  if (who) return <p>{who}</p>;
  const reason = error.details?.reason;
  return typeof reason === 'string' ? <p>{reason}</p> : null;
}
