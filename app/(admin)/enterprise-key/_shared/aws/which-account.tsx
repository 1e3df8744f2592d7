import { Callout } from '#components/ui/callout.tsx';
import type { Term } from '#lib/byok/glossary.ts';
import { HelpTerm } from '../../../../_shared/help/help-term.tsx';
import type { SetUp } from './set-up.ts';

/** In which account a step is done: role and key may be in two. Beside it, what the step's policy is. */
export function WhichAccount({
  setUp,
  of,
  help,
}: {
  setUp: Pick<SetUp, 'roleAccountId' | 'keyAccountId'>;
  of: 'role' | 'key';
  help?: Term;
}) {
  const { roleAccountId, keyAccountId } = setUp;
  const two = roleAccountId !== keyAccountId;
  return (
    <div className="flex flex-wrap items-center gap-x-1">
      <p>
        Do this in AWS account <strong className="font-medium">{of === 'role' ? roleAccountId : keyAccountId}</strong>
        {two
          ? `, the ${of}’s account; the ${of === 'role' ? 'key' : 'role'} is in ${of === 'role' ? keyAccountId : roleAccountId}.`
          : '.'}
      </p>
      {help ? <HelpTerm term={help} /> : null}
    </div>
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
