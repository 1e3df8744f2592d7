import type { ReactNode, Ref } from 'react';
import { Callout } from './callout.tsx';

/** What a person reads when something was refused: what happened, what it means, the next step. */
export type ErrorNoticeWords = { title: string; meaning?: string; next?: string; requestId?: string | null };

type ErrorNoticeProps = {
  error: ErrorNoticeWords;
  children?: ReactNode;
  /** For what gives it the focus. */
  ref?: Ref<HTMLDivElement> | undefined;
};

/** Announced when it appears. `children` holds facts about this very refusal, or a button for the next step. */
export function ErrorNotice({ error, children, ref }: ErrorNoticeProps) {
  return (
    <Callout ref={ref} role="alert" title={error.title} tone="bad">
      {error.meaning || error.next ? <p>{[error.meaning, error.next].filter(Boolean).join(' ')}</p> : null}
      {children}
      {error.requestId ? (
        <p className="text-[0.8125rem] text-ink-2">
          Request ID <code className="wrap-anywhere font-mono">{error.requestId}</code>
        </p>
      ) : null}
    </Callout>
  );
}
