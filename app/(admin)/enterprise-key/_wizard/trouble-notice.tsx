'use client';

import { Button } from '#components/ui/button.tsx';
import { ErrorNotice } from '#components/ui/error-notice.tsx';
import { errorWords, type OperationError } from '#lib/byok/errors.ts';
import type { Trouble } from './use-save-step.ts';

const noAnswer = {
  title: 'Keyward did not answer.',
  meaning: 'It is not known whether this was saved. What you entered is still here.',
  next: 'Check your connection, then try again.',
};

/** A refusal in words, with what helps on the spot: reload after somebody else's change, sign in again. */
export function TroubleNotice({ trouble, onReload }: { trouble: Trouble | null; onReload?: () => void }) {
  if (trouble === null) return null;
  if (trouble === 'no-answer') return <ErrorNotice error={noAnswer} />;
  const reload = () => {
    onReload?.();
    window.location.reload();
  };
  return (
    <ErrorNotice error={{ ...errorWords[trouble.code], requestId: trouble.requestId }}>
      <WhatExactly error={trouble} />
      {trouble.code === 'conflict' || trouble.code === 'not-allowed-in-state' ? (
        <Button onClick={reload} size="small">
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

/** The facts of this very refusal. */
function WhatExactly({ error }: { error: OperationError }) {
  const by = error.details?.by;
  if (error.code === 'conflict' && by !== undefined) return <p>{`${by} saved revision ${error.details?.revision}.`}</p>;
  const reason = error.details?.reason;
  return typeof reason === 'string' ? <p>{reason}</p> : null;
}
