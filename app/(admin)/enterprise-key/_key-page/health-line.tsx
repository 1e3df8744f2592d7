'use client';

import { Button } from '#components/ui/button.tsx';
import { ErrorNotice } from '#components/ui/error-notice.tsx';
import { useNow } from '#components/ui/relative-time.tsx';
import type { HealthView } from '#lib/byok/key-views.ts';
import { isOld } from '../../../_shared/key/health-age.ts';
import { CheckedAt, HealthWord, HealthWords } from '../../../_shared/key/health-badge.tsx';
import { useKey } from './live-key.tsx';
import { useKeyCheck } from './use-key-check.ts';

/**
 * How well the key answers, in one line, and the way to have it asked now. While an administrator looks at the page it is also asked by
 * itself. What was taken away the state's badge says.
 * @param reasonId where it stands why somebody cannot ask
 */
export function HealthLine({ health, reasonId }: { health: HealthView; reasonId: string }) {
  const { view, role } = useKey();
  const mayCheck = role === 'admin';
  const { check, pending, error, answer } = useKeyCheck(view, health, mayCheck);
  const old = isOld(health, useNow());
  const shown = old || health.state === 'revoked' ? null : health;
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-2.5 gap-y-1">
      <p>
        {/* Announced when it changes by itself; what counts up is not. */}
        <span className="inline-flex flex-wrap gap-x-3 not-empty:mr-2" role="status">
          <HealthWords of={{ health: shown, unreadable: view.unreadable }} />
          {answer && !answer.asked ? <span>Checked moments ago. Try again in a few seconds.</span> : null}
        </span>
        {old ? <HealthWord health={health} /> : null}
        <span className={shown ? '' : 'inline-block first-letter:uppercase'}>
          <CheckedAt health={health} />
        </span>
      </p>
      <Button disabledBy={mayCheck ? null : reasonId} onClick={check} pending={pending} size="small">
        Check now
      </Button>
      {error ? (
        <div className="basis-full">
          <ErrorNotice error={error} />
        </div>
      ) : null}
    </div>
  );
}
