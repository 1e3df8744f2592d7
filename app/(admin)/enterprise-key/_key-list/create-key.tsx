'use client';

import { useActionState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ErrorNotice } from '#components/ui/error-notice.tsx';
import type { Role } from '#lib/byok/account-views.ts';
import type { OperationError } from '#lib/byok/errors.ts';
import { noticeOf } from '../../../_shared/refusal/error-words.ts';
import { createKeyAction } from './actions.ts';

/** Begins a key. A viewer sees the button with the reason why it does nothing for them. `isNext`: it is what to do on this page. */
export function CreateKey({ role, isNext }: { role: Role; isNext: boolean }) {
  const [error, create, pending] = useActionState<OperationError | null>(() => createKeyAction(), null);
  return (
    <form action={create} className="flex flex-col items-start gap-3">
      <Button
        type="submit"
        variant={isNext ? 'primary' : 'secondary'}
        pending={pending}
        disabledReason={role === 'admin' ? undefined : 'Only an administrator of your organisation can create a key.'}
      >
        Create Key
      </Button>
      {error ? <ErrorNotice error={noticeOf(error)} /> : null}
    </form>
  );
}
