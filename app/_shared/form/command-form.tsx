'use client';

import type { ReactNode } from 'react';
import { ErrorSummary } from '#components/form/error-summary.tsx';
import { ErrorNotice } from '#components/ui/error-notice.tsx';
import type { useCommandForm } from './use-command-form.ts';

type CommandFormProps = {
  entry: Pick<ReturnType<typeof useCommandForm>, 'submit' | 'attempt' | 'problems' | 'failure'>;
  /** Above what is wrong. */
  heading?: ReactNode;
  className?: string;
  children: ReactNode;
};

/** Around the fields of a command: the summary of what is wrong with them, and the refusal that is about none of them. */
export function CommandForm({ entry, heading, className = 'space-y-4', children }: CommandFormProps) {
  const { attempt, failure, problems } = entry;
  return (
    <form className={className} method="post" noValidate onSubmit={entry.submit}>
      {heading}
      {attempt > 0 ? <ErrorSummary attempt={attempt} errors={problems} /> : null}
      {failure ? <ErrorNotice error={failure} /> : null}
      {children}
    </form>
  );
}
