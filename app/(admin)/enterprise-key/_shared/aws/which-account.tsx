import { Callout } from '#components/ui/callout.tsx';
import type { SetUp } from './set-up.ts';

/** In which account a step is done: role and key may be in two. */
export function WhichAccount({
  setUp,
  of,
}: {
  setUp: Pick<SetUp, 'roleAccountId' | 'keyAccountId'>;
  of: 'role' | 'key';
}) {
  const { roleAccountId, keyAccountId } = setUp;
  const two = roleAccountId !== keyAccountId;
  return (
    <p>
      Do this in AWS account <strong className="font-medium">{of === 'role' ? roleAccountId : keyAccountId}</strong>
      {two
        ? `, the ${of}’s account; the ${of === 'role' ? 'key' : 'role'} is in ${of === 'role' ? keyAccountId : roleAccountId}.`
        : '.'}
    </p>
  );
}

/** Why a policy names more than what it is set up for: what would be tidied up otherwise. */
export function WhyMore({ why }: { why: string | null }) {
  if (!why) return null;
  return (
    <Callout className="my-2" title="A policy names more than this role and key." tone="warn">
      <p className="[overflow-wrap:anywhere]">{why}</p>
    </Callout>
  );
}
