'use client';

import type { ReactNode } from 'react';
import { Callout } from '#components/ui/callout.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { Policy } from './set-up-help.tsx';
import type { UserSetUp } from './user-set-up.ts';
import { WhyMore } from './which-account.tsx';

/** The policies of a user and a key, complete as far as their names are known. */
export function UserPolicyHelp({ setUp }: { setUp: UserSetUp | null }) {
  if (!setUp) return <Callout title="Choose a region in Provider first." tone="warn" />;
  const { policies, links, keyArn, more } = setUp;
  const user = { href: links.user ?? links.createUser, words: 'Open users in AWS' };
  return (
    <Panel aria-labelledby="set-up-help">
      <PanelHeader
        description={
          keyArn
            ? 'With your own values in them: nothing is left to replace.'
            : 'They name every key until the key’s ARN is known; our context narrows them all the same.'
        }
        id="set-up-help"
        level={3}
        title="Policies for this user and key"
      />
      <div className="grid gap-2.5">
        <Help open title="Permission policy of the user">
          <WhyMore why={more} />
          <Policy document={policies.permission} link={user} name="permission policy" />
        </Help>
        <Help title="Encrypt and Decrypt only">
          <p className="mb-1.5 text-ink-2">
            Enough, where your rules allow no more: the test then warns that the key’s state cannot be seen, and that
            data keys are made by us.
          </p>
          <Policy document={policies.least} link={user} name="least permission policy" />
        </Help>
        <Help title="Key policy">
          {policies.key ? (
            <Policy
              document={policies.key}
              link={links.key ? { href: links.key, words: 'Open this key in AWS' } : null}
              name="key policy"
            />
          ) : (
            <p className="text-ink-2">
              Complete once a test has told us whose the access key is. Until then the key’s default policy will do: it
              lets the policies of your account decide.
            </p>
          )}
        </Help>
      </div>
    </Panel>
  );
}

function Help({ title, open = false, children }: { title: string; open?: boolean; children: ReactNode }) {
  return (
    <details className="min-w-0" open={open}>
      <summary className="py-1 font-medium">{title}</summary>
      <div className="mt-1.5">{children}</div>
    </details>
  );
}
