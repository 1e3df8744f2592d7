'use client';

import { Button } from '#components/ui/button.tsx';
import { ErrorNotice } from '#components/ui/error-notice.tsx';
import type { Role } from '#lib/byok/account-views.ts';
import type { HealthView, KeyPageView } from '#lib/byok/key-views.ts';
import { useKeyCheck } from './use-key-check.ts';

type CheckNowProps = { view: KeyPageView; health: HealthView; role: Role };

/** Has the key service asked about the key now. While an administrator looks at the page it also does so by itself. */
export function CheckNow({ view, health, role }: CheckNowProps) {
  const mayCheck = role === 'admin';
  const { check, pending, error, answer } = useKeyCheck(view, health, mayCheck);
  return (
    <>
      <Button
        disabledReason={mayCheck ? null : 'Only an administrator of your organisation can check the key.'}
        onClick={check}
        pending={pending}
        size="small"
      >
        Check now
      </Button>
      <span className="text-ink-2" role="status">
        {answer && !answer.asked ? 'Checked a moment ago; that answer still counts.' : null}
      </span>
      {error ? (
        <div className="basis-full">
          <ErrorNotice error={error} />
        </div>
      ) : null}
    </>
  );
}
