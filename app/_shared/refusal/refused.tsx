import { notFound, redirect } from 'next/navigation';
import { ErrorNotice } from '#components/ui/error-notice.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { errorWords, type OperationError } from '#lib/byok/errors.ts';
import { noticeOf } from './error-words.ts';
import { TryAgain } from './try-again.tsx';

/** What a page does with a refusal: sends to sign-in and back, to the new password, to "not found", or says why not. */
export function Refused({ error, title, path }: { error: OperationError; title: string; path: string }) {
  if (error.code === 'unauthenticated') redirect(`/sign-in?next=${encodeURIComponent(path)}`);
  if (error.code === 'password-change-required') redirect('/account/password');
  if (error.code === 'not-found') notFound();
  return (
    <>
      <PageHeader title={title} />
      <ErrorNotice error={noticeOf(error)} />
      {mayPass(error) ? <TryAgain /> : null}
    </>
  );
}

/** It is not the asker's to change: the database is away, or we failed. */
function mayPass({ code }: OperationError): boolean {
  return errorWords[code].status >= 500;
}
