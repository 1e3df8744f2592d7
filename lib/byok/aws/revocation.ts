/**
 * What takes a key away from Keyward, and what only looks as if it did. Within one account AWS asks key policy and IAM policy
 * for a single Allow; between accounts it asks both. So which act revokes depends on how the policies are written.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
import type { AwsAuthMode } from './connection.ts';

export type RevocationShape = {
  authMode: AwsAuthMode;
  /** Whether role or user and the key are in one account. */
  oneAccount: boolean;
  /** Whom the key policy names. */
  keyPrincipal: 'role' | 'account';
};

export type Act =
  | 'disable-key'
  | 'deny'
  | 'permission'
  | 'key-policy'
  | 'permission-and-key-policy'
  | 'trust'
  | 'delete-role'
  | 'deactivate-access-key';

export type EvaluatedAct = {
  act: Act;
  /** What is done, as a sentence that tells to do it. */
  does: string;
  /** `depends`: on what Keyward cannot see. */
  revokes: 'at-once' | 'within-an-hour' | 'depends' | 'no';
  why: string;
};

/** Every act that people think of, judged for this shape; first what is best done. */
export function evaluateActs(shape: RevocationShape): EvaluatedAct[] {
  const { authMode } = shape;
  const who = authMode === 'assume-role' ? 'role' : 'user';
  const first: EvaluatedAct[] = [
    {
      act: 'disable-key',
      does: 'Disable the key in AWS KMS.',
      revokes: 'at-once',
      why: 'AWS then refuses every use of it, regardless of any policy. Access returns when you enable it.',
    },
    {
      act: 'deny',
      does: `Add a statement to the key policy that denies the ${who} kms:Encrypt, kms:Decrypt and kms:GenerateDataKey.`,
      revokes: 'at-once',
      why: 'A Deny overrides every Allow.',
    },
  ];
  const policies: EvaluatedAct[] = [
    { act: 'permission', does: `Remove the ${who}’s permission policy.`, ...permission(shape) },
    { act: 'key-policy', does: 'Remove Keyward’s statements from the key policy.', ...keyPolicy(shape) },
    {
      act: 'permission-and-key-policy',
      does: `Remove both: the ${who}’s permission policy, and Keyward’s statements from the key policy.`,
      revokes: 'at-once',
      why: 'No policy then allows the use of the key.',
    },
  ];
  return [...first, ...policies, ...(authMode === 'assume-role' ? ofRole : ofAccessKey)];
}

function permission({ authMode, oneAccount, keyPrincipal }: RevocationShape): Pick<EvaluatedAct, 'revokes' | 'why'> {
  if (!oneAccount) return { revokes: 'at-once', why: 'Between two accounts both policies have to allow it.' };
  if (authMode === 'access-key') {
    const why =
      'It does if the key policy leaves the decision to IAM. If the key policy names the user, that alone is enough within one account, and access stays.';
    return { revokes: 'depends', why };
  }
  if (keyPrincipal === 'account')
    return {
      revokes: 'at-once',
      why: 'The key policy leaves the decision to IAM, where nothing allows it any longer.',
    };
  return {
    revokes: 'no',
    why: 'The key policy names the role itself, and within one account that alone is enough.',
  };
}

function keyPolicy({ authMode, oneAccount }: RevocationShape): Pick<EvaluatedAct, 'revokes' | 'why'> {
  if (!oneAccount) return { revokes: 'at-once', why: 'Between two accounts both policies have to allow it.' };
  const who = authMode === 'assume-role' ? 'role' : 'user';
  const why = `The first statement of the key policy leaves the decision to IAM, and the ${who}’s permission policy still allows it.`;
  return { revokes: 'no', why };
}

const ofRole: EvaluatedAct[] = [
  {
    act: 'trust',
    does: 'Remove Keyward from the role’s trust policy.',
    revokes: 'within-an-hour',
    why: 'No new session starts. An open session continues until it ends, an hour at most.',
  },
  {
    act: 'delete-role',
    does: 'Delete the role.',
    revokes: 'at-once',
    why: 'Sessions of a deleted role have no permissions. To AWS, a new role with the same name is a different role. Save the key policy again to restore access.',
  },
];

const ofAccessKey: EvaluatedAct[] = [
  {
    act: 'deactivate-access-key',
    does: 'Deactivate the access key in IAM.',
    revokes: 'at-once',
    why: 'AWS no longer accepts requests signed with it.',
  },
];

/** As a list to be read: what takes the key away, then what does not. Each sentence stands by itself. */
export function revocationWords(shape: RevocationShape): { takes: string[]; doesNot: string[] } {
  const acts = evaluateActs(shape);
  const told = ({ does, why }: EvaluatedAct) => `${does} ${why}`;
  const later = ({ revokes }: EvaluatedAct) => revokes === 'depends' || revokes === 'within-an-hour';
  return {
    takes: [...acts.filter(({ revokes }) => revokes === 'at-once'), ...acts.filter(later)].map(told),
    doesNot: acts.filter(({ revokes }) => revokes === 'no').map(told),
  };
}

/** Two ARNs of one account; true while either is not known, since what is made for us is made beside the role. */
export function inOneAccount(principalArn: string, keyArn: string | null): boolean {
  const [principal, key] = [principalArn, keyArn ?? ''].map((arn) => arn.split(':')[4] ?? '');
  return !principal || !key || principal === key;
}
