import type { SetUp } from './set-up.ts';
import type { UserSetUp } from './user-set-up.ts';

export type PolicyHelpWords = {
  title: string;
  description: string;
  /** Why a policy names more than what it is set up for, where it does. */
  more: string[];
  policies: readonly {
    title: string;
    open?: boolean;
    why?: string | null;
    about?: string;
    /** Names the area and its buttons. */
    name: string;
    link: { href: string; words: string } | null;
    /** Null while something is missing; `waits` says what. */
    document: object | null;
    waits?: string;
  }[];
};

/** Of a role and a key. `open` shows the first of them at once. */
export function rolePolicies({ policies, links, more }: SetUp, open = false): PolicyHelpWords {
  const link = { href: links.role, words: 'Open this role in AWS' };
  return {
    title: 'Policies for this role and key',
    description: 'They contain your own values. Copy them as they are.',
    more: [policies.permission ? more.permission : null, more.key, more.trust].filter((why) => why !== null),
    policies: [
      {
        title: 'Permission policy of the role',
        open,
        name: 'permission policy',
        link,
        document: policies.permission,
        waits: 'Complete once Provider ARN has the key’s ARN.',
      },
      { title: 'Trust policy of the role', name: 'trust policy', link, document: policies.trust },
      { title: 'Key policy', name: 'key policy', link: linkTo(links.key), document: policies.key },
    ],
  };
}

/** Of a user and a key, complete as far as their names are known. */
export function userPolicies({ policies, links, keyArn, more }: UserSetUp): PolicyHelpWords {
  const link = { href: links.user ?? links.createUser, words: 'Open users in AWS' };
  return {
    title: 'Policies for this user and key',
    description: keyArn
      ? 'They contain your own values. Copy them as they are.'
      : 'They name every key until the key’s ARN is known. Keyward’s context still restricts them.',
    more: [],
    policies: [
      {
        title: 'Permission policy of the user',
        open: true,
        why: more,
        name: 'permission policy',
        link,
        document: policies.permission,
      },
      {
        title: 'Encrypt and Decrypt only',
        about:
          'Enough if your rules allow no more. The test then warns that Keyward cannot see the key’s state, and makes the data keys itself.',
        name: 'least permission policy',
        link,
        document: policies.least,
      },
      {
        title: 'Key policy',
        name: 'key policy',
        link: linkTo(links.key),
        document: policies.key,
        waits:
          'Complete once a test has shown who owns the access key. Until then, the key’s default policy is enough: it leaves the decision to your account’s policies.',
      },
    ],
  };
}

function linkTo(key: string | null) {
  return key ? { href: key, words: 'Open this key in AWS' } : null;
}
