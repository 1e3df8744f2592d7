'use client';

import { Button, LinkButton } from '#components/ui/button.tsx';
import { ErrorNotice } from '#components/ui/error-notice.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { internalErrorWords } from '#lib/byok/internal-error.ts';

export type PageFailureProps = { error: unknown; retry: () => void };

/** In place of a page that failed. What the server knows of it stays there, under the reference that is shown here. */
export function PageFailure({ error, retry }: PageFailureProps) {
  const { title, meaning } = internalErrorWords;
  const digest = digestOf(error);
  return (
    <>
      <PageHeader title="This page could not be shown" />
      <ErrorNotice
        error={{
          title,
          meaning,
          // What failed in the browser has none.
          next: `Try again. If it happens again, tell support${digest ? ' the request ID' : ''}.`,
          requestId: digest,
        }}
      />
      <div className="flex flex-wrap gap-2.5">
        <Button onClick={() => retry()} variant="primary">
          Try again
        </Button>
        <LinkButton href="/">Go to the start page</LinkButton>
      </div>
    </>
  );
}

function digestOf(error: unknown): string | null {
  return error instanceof Error && 'digest' in error && typeof error.digest === 'string' ? error.digest : null;
}
