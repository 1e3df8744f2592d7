import { narrowsLater } from '#lib/byok/aws/policy-breadth.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { PolicyScopeReminder } from '../../_shared/aws/policy-scope.tsx';
import { describeSetUp } from '../../_shared/aws/set-up.ts';

/** In the steps after AWS: while the IAM policy may still name every key. */
export function ScopeReminder({ setup }: { setup: SetupView }) {
  if (!narrowsLater[setup.configuration.authMode]) return null;
  const setUp = describeSetUp(setup);
  return (
    <PolicyScopeReminder
      keyId={setup.key.id}
      link={setUp ? { href: setUp.links.role, words: 'Open this role in AWS' } : null}
      narrowed={setUp?.policies.permission ?? null}
      scope={setup.checklist.scope}
    />
  );
}
