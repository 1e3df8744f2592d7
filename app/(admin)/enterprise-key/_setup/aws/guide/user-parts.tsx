'use client';

import type { ReactNode } from 'react';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { inOneAccount } from '#lib/byok/aws/revocation.ts';
import { Policy } from '../../../_shared/aws/set-up-help.tsx';
import { accountIn, type UserSetUp } from '../../../_shared/aws/user-set-up.ts';
import { WhyMore } from '../../../_shared/aws/which-account.tsx';
import { OutsideLink } from '../../../_shared/outside-link.tsx';
import { Tip, Value } from './guide-words.tsx';

/** A user who may do one thing, its key, and what to copy. */
export function UserPart({ setUp: { policies, links, keyArn, more } }: { setUp: UserSetUp }) {
  return (
    <Part letter="A" title="Create a user who may use this key, and nothing else">
      <p>
        In IAM, click Users, then Create user. Give it no access to the console, and no other permissions. Add this to
        it as an inline policy: it lets the user use the key for your organisation’s data only.
      </p>
      <WhyMore why={more} />
      <Policy
        document={policies.permission}
        fileName="keyward-user-permission-policy.json"
        link={{ href: links.createUser, words: 'Create the user in AWS' }}
        name="permission policy"
      />
      {keyArn ? null : (
        <Tip>
          It names every key until yours is known. Narrow <code>Resource</code> to the key’s ARN afterwards: once you
          have entered it in Connect, the narrowed policy stands here and there.
        </Tip>
      )}
      <details className="min-w-0">
        <summary className="py-1 font-medium">Encrypt and Decrypt only, where your rules allow no more</summary>
        <div className="mt-1.5 grid gap-1.5">
          <p className="text-ink-2">
            Enough for everything that we do. The test then warns of two things: the key’s state and expiry cannot be
            seen, and data keys are made by us and encrypted by your key.
          </p>
          <Policy
            document={policies.least}
            fileName="keyward-user-least-permission-policy.json"
            name="least permission policy"
          />
        </div>
      </details>
    </Part>
  );
}

export function KeyPart({ setUp: { region, links, policies, userArn, keyArn } }: { setUp: UserSetUp }) {
  const apart = userArn !== null && !inOneAccount(userArn, keyArn);
  return (
    <Part letter="B" title="Create the key">
      {apart ? (
        <p>
          The key is in AWS account <Value>{accountIn(keyArn)}</Value>, the user in <Value>{accountIn(userArn)}</Value>.
          Do this part in the key’s account, and put the key policy below on the key there: AWS asks both policies.
        </p>
      ) : null}
      <p>
        In <Value>{region}</Value>, create a customer managed key: type <Value>Symmetric</Value>, usage{' '}
        <Value>Encrypt and decrypt</Value>. Under Advanced options you may choose a CloudHSM or an external key store,
        or import the material yourself; the test then tells what that asks of you. Select nobody under “Define key
        usage permissions”: the policy above allows the user enough, and demands our context with it.
      </p>
      <p>
        <OutsideLink href={links.createKey}>Create the key in AWS</OutsideLink>
      </p>
      {policies.key ? (
        <details className="min-w-0">
          <summary className="py-1 font-medium">A key policy that names the user</summary>
          <div className="mt-1.5 grid gap-1.5">
            <p className="text-ink-2">Only if your rules want the key itself to say who may use it, and for what.</p>
            <Policy
              document={policies.key}
              fileName="keyward-key-policy.json"
              link={links.key ? { href: links.key, words: 'Open this key in AWS' } : null}
              name="key policy"
            />
          </div>
        </details>
      ) : null}
      <Tip>Copy its key ID for the next step.</Tip>
    </Part>
  );
}

export function AccessKeyPart() {
  return (
    <Part letter="C" title="Create the user’s access key">
      <p>
        On the user’s page, under Security credentials, click Create access key and choose “Application running outside
        AWS”. Copy the access key ID and the secret access key into the next step: AWS shows the secret only once.
      </p>
      <Tip>
        An access key works from anywhere and does not expire by itself: keep no copy of it, and replace it from time to
        time with Rotate Key. With AWS Assume Role nothing secret has to be stored at all.
      </Tip>
    </Part>
  );
}

function Part({ letter, title, children }: { letter: string; title: string; children: ReactNode }) {
  const id = `part-${letter.toLowerCase()}`;
  return (
    <Panel aria-labelledby={id}>
      <PanelHeader id={id} level={3} title={`${letter}. ${title}`} />
      <div className="grid gap-3">{children}</div>
    </Panel>
  );
}
