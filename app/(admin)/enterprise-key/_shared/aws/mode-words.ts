import type { AwsAuthMode } from '#lib/byok/aws/connection.ts';

type Named = { accountId: string; roleName: string };

interface ModeWords {
  /** Who uses the key. */
  who: string;
  /** What the field that names it is called. */
  keyField: string;
  /** Who asks AWS for a key. */
  asker: (named: Named) => string;
  /** The account as far as it was entered: whose an access key is, AWS alone tells. */
  knownAccount: (named: Named) => string;
}

export const modeWords: Readonly<Record<AwsAuthMode, ModeWords>> = {
  'assume-role': {
    who: 'role',
    keyField: 'Provider ARN',
    asker: ({ roleName }) => `your role ${roleName}`,
    knownAccount: ({ accountId }) => accountId,
  },
  'access-key': {
    who: 'user',
    keyField: 'Key ID',
    asker: () => 'the user of your access key',
    knownAccount: () => '',
  },
};
