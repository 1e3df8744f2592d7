import { Button, LinkButton } from '#components/ui/button.tsx';
import { ErrorNotice } from '#components/ui/error-notice.tsx';
import { formatClock } from '#lib/byok/format.ts';
import { noticeOf } from '../../../_shared/refusal/error-words.ts';
import type { LookFailed } from './use-live-key.ts';

type StaleNoticeProps = { failure: LookFailed; seenAt: number; path: string; onLookAgain: () => void };

/** Said when the page could not look at the key again, so that nobody takes what it shows for the present. */
export function StaleNotice({ failure, seenAt, path, onLookAgain }: StaleNoticeProps) {
  const words = failure.refusal
    ? noticeOf(failure.refusal)
    : { title: failure.message, next: 'Check your connection. The page tries again by itself.' };
  return (
    <ErrorNotice error={words}>
      <p>This page shows the state at {formatClock(new Date(seenAt).toISOString())}.</p>
      {failure.refusal?.code === 'unauthenticated' ? (
        <LinkButton href={`/sign-in?next=${encodeURIComponent(path)}`} size="small">
          Sign in
        </LinkButton>
      ) : (
        <Button onClick={onLookAgain} size="small">
          Look again
        </Button>
      )}
    </ErrorNotice>
  );
}
