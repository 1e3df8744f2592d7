'use client';

import { useRouter } from 'next/navigation';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { mayBeWide, type PolicyScope } from '#lib/byok/aws/policy-breadth.ts';
import type { Result } from '#lib/byok/errors.ts';
import { useCommand } from '../../../../_shared/command/use-command.ts';
import { ActionErrorNotice } from '../../../../_shared/refusal/action-error-notice.tsx';
import { chooseAnyKey, noteNarrowed } from './actions.ts';
import { Policy } from './set-up-help.tsx';

type Link = { href: string; words: string };

type ReminderProps = {
  keyId: string;
  scope: PolicyScope | null;
  /** The policy that names the key alone; null while its ARN is not known. */
  narrowed: object | null;
  link: Link | null;
  /** Why it cannot be said here that it is narrowed, for who may not. */
  disabledReason?: string | null;
  /** Where it can be pasted on this very page. */
  below?: boolean;
  onNoted?: () => void;
};

/** While the IAM policy may still name every key: since when, and what to replace it by. */
export function PolicyScopeReminder(props: ReminderProps) {
  const { scope, narrowed, link, disabledReason = null, below = false } = props;
  const { note, pending, actionError } = useNote(props.onNoted);
  if (!scope || !mayBeWide(scope)) return null;
  return (
    <Callout title={'Your IAM policy may still say "Resource": "*"'} tone="warn">
      <p>
        {scope.by} chose this <RelativeTime at={scope.since} />, before there was a key. Keyward can’t see whether it
        still does.{' '}
        {narrowed
          ? namesSeveral(narrowed)
            ? 'Replace it with this one, which names only your key and those that data still depends on.'
            : 'Replace it with this one, which names only your key.'
          : 'Once the key’s ARN is known, this shows the policy that names only your key.'}
      </p>
      {narrowed ? (
        <>
          <details className="min-w-0">
            <summary className="py-1 font-medium">The policy that names only your key</summary>
            <div className="mt-1.5">
              <Policy document={narrowed} link={link} name="narrowed policy" />
            </div>
          </details>
          <ActionErrorNotice actionError={actionError} />
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
            <Button
              disabledReason={disabledReason}
              onClick={() => void note(() => noteNarrowed(props.keyId, 'said'))}
              pending={pending}
              size="small"
            >
              It now names only this key
            </Button>
            {below ? <span className="text-ink-2">Or paste it into Check a policy.</span> : null}
          </p>
        </>
      ) : null}
    </Callout>
  );
}

/** Whether the policy names more than one key: another is in use by the same role. */
function namesSeveral(policy: object): boolean {
  const { Statement = [] } = policy as { Statement?: { Resource?: unknown }[] };
  return Statement.some(({ Resource }) => Array.isArray(Resource));
}

/** That it was narrowed, by whom, and how that is known. */
export function PolicyScopeNarrowed({ scope }: { scope: PolicyScope | null }) {
  if (!scope?.narrowed) return null;
  const { at, by, how } = scope.narrowed;
  return (
    <p className="text-[0.8125rem] text-ink-2">
      Narrowed to this key <RelativeTime at={at} />: {by}{' '}
      {how === 'checked' ? 'had it checked here' : 'confirmed it; Keyward can’t see it'}.
    </p>
  );
}

/** Before there is a key: the policy for every key, once somebody has said that it is wanted. */
export function PolicyBeforeKey({
  keyId,
  scope,
  wide,
  link,
  fileName,
  marks = [],
}: {
  keyId: string;
  scope: PolicyScope | null;
  wide: object;
  link: Link;
  fileName: string | undefined;
  marks?: readonly string[];
}) {
  const { note, pending, actionError } = useNote();
  if (mayBeWide(scope)) {
    return (
      <>
        <p>
          You chose <code>"Resource": "*"</code> for now. It allows the role every key whose policy leaves that to IAM,
          for your organisation’s data only. Once step 2 has the key’s ARN, this shows the narrowed policy. Keyward
          reminds you until you have applied it.
        </p>
        <Policy document={wide} fileName={fileName} link={link} marks={marks} name="permission policy" />
      </>
    );
  }
  return (
    <>
      <p>This policy names the key, so it is complete once step 2 has the key’s ARN.</p>
      <ActionErrorNotice actionError={actionError} />
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <Button onClick={() => void note(() => chooseAnyKey(keyId))} pending={pending} size="small">
          I have no key yet
        </Button>
        <span className="text-ink-2">
          Shows it with <code>"Resource": "*"</code>, to be narrowed later.
        </span>
      </p>
    </>
  );
}

/** `send` answers as any command does; what it answers is on the page once that is loaded anew. */
function useNote(onNoted?: () => void) {
  const router = useRouter();
  const { run, pending, actionError } = useCommand((send: () => Promise<Result<unknown>>) => send());
  async function note(send: () => Promise<Result<unknown>>): Promise<void> {
    const done = await run(send);
    if (!done.ok) return;
    if (onNoted) onNoted();
    else router.refresh();
  }
  return { note, pending, actionError };
}
