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
    description: 'With your own values in them: nothing is left to replace.',
    more: [policies.permission ? more.permission : null, more.key, more.trust].filter((why) => why !== null),
    policies: [
      {
        title: 'Permission policy of the role',
        open,
        name: 'permission policy',
        link,
        document: policies.permission,
        waits: 'Complete as soon as the key’s ARN stands in Provider ARN.',
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
      ? 'With your own values in them: nothing is left to replace.'
      : 'They name every key until the key’s ARN is known; our context narrows them all the same.',
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
          'Enough, where your rules allow no more: the test then warns that the key’s state cannot be seen, and that data keys are made by us.',
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
          'Complete once a test has told us whose the access key is. Until then the key’s default policy will do: it lets the policies of your account decide.',
      },
    ],
  };
}

function linkTo(key: string | null) {
  return key ? { href: key, words: 'Open this key in AWS' } : null;
}
