'use client';

import type { Role } from '#lib/byok/account-views.ts';
import type { KeyPageView } from '#lib/byok/key-views.ts';
import { PolicyScopeReminder } from '../../_shared/aws/policy-scope.tsx';
import { whyNotMine } from '../../_shared/change.ts';

type ReminderProps = { view: KeyPageView; role: Role; onNoted: () => void };

/** While the IAM policy of a key in use may still name every key of the account. */
export function PolicyReminder({ view: { id, reminder }, role, onNoted }: ReminderProps) {
  if (!reminder) return null;
  const { scope, narrowed, roleUrl } = reminder;
  return (
    <PolicyScopeReminder
      disabledReason={whyNotMine(role)}
      keyId={id}
      link={roleUrl ? { href: roleUrl, words: 'Open this role in AWS' } : null}
      narrowed={narrowed}
      onNoted={onNoted}
      scope={scope}
    />
  );
}
