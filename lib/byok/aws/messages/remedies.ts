import type { KmsFailureCode } from '../../kms-failure.ts';
import type { LossCause } from '../../loss-causes.ts';
import type { Message, Say, Sentences } from '../../messages/message.ts';
import type { AwsAuthMode } from '../connection.ts';
import { awsFailureWords } from '../failure-words.ts';
import { awsLossWords } from '../loss-words.ts';
import { type SetUpStep, stepLabel } from '../set-up-steps.ts';
import type { Principal } from './denials.ts';

/** The one thing to change after a finding, and where to look for it. */
export const remedies = {
  'choose-region': () => 'Choose the region from the list in AWS Region.',
  'correct-field': ({ field }: { field: string }) => `Correct ${field}.`,
  'correct-field-or-region': ({ field }: { field: string }) => `Correct ${field} or AWS Region.`,
  'use-one-partition': ({ theirs, ours }: { theirs: string; ours: string }) =>
    `Ask your vendor for a service role in ${theirs}, or use a role and a key in ${ours}.`,
  'use-one-account': ({ who }: Who) => `If this is not on purpose, use a ${who} and a key in the same account.`,
  'create-key-in': ({ region }: { region: string }) => `Create a key in ${region} and use its ARN.`,
  'paste-secret': () => 'Paste it into Secret Access Key, and save the step.',
  'delete-root-access-key': () =>
    'Delete this access key in AWS. Create one for an IAM user that may use only this key.',
  'use-access-key-of-user': () =>
    'Create an access key for an IAM user: it begins with AKIA and does not expire by itself.',
  'use-user-of-yours': () => 'Use an access key of a user in your own account.',

  'replace-trust-policy': () => 'Replace the role’s trust policy with this one.',
  'demand-external-id': () => 'Require your external ID in the role’s trust policy, as in the highlighted lines.',
  'allow-in-key-policy': ({ action, who }: Action & Who) =>
    `Allow ${action} for the ${who} in the key policy, as in the highlighted lines.`,
  'allow-in-permission-policy': ({ action, who }: Action & Who) =>
    `Allow ${action} in the permission policy of the ${who}, as in the highlighted lines. The key policy has to allow it too.`,
  'allow-on-own-arn': ({ action, who }: Action & Who) =>
    `Allow ${action} on the key’s own ARN in the permission policy of the ${who}.`,
  'in-account-of-key': ({ account, remedy }: { account: string; remedy: Message }, say: Say) =>
    `In account ${account}: ${say(remedy)} The permission policy has to allow it too.`,
  'allow-in-both': ({ action }: Action) => `Allow ${action} in both policies if your rules let you.`,
  'demand-context': () =>
    'Require your tenant ID as encryption context in the key policy, as in the highlighted lines.',

  'use-customer-managed-key': () => 'Create a customer managed key and use its ARN.',
  'keep-cloudhsm': () =>
    'Keep the key store connected, its cluster on two or more HSMs, and its backups. Keyward treats a disconnected store as an outage, never as a revocation.',
  'keep-external-key-store': () =>
    'Keep the proxy and key manager as available as your data has to be. Keyward treats their silence as an outage, never as a revocation.',
  'keep-material': () => 'Keep a safe copy of the key material for as long as data uses the key.',
  'import-material-again': () => 'Import the same key material again in AWS KMS, with a later expiry date or none.',
  'import-material-in-time': () =>
    'Import the same key material again before that date, or without an expiry date. Keep a safe copy of it.',
  'describing-is-optional': () =>
    'You can leave it like this. To be warned in time, allow the user kms:DescribeKey on the key.',
  'generating-is-optional': () =>
    'You can leave it like this. To have AWS KMS make data keys, allow the user kms:GenerateDataKey on the key.',
  'test-pair-again': () =>
    'Run the test again. If this stays, tell your vendor: AWS’s answer differs from its documentation.',

  'let-assume-again': ({ version, roleArn, cause }: { version: number; roleArn: string; cause: LossCause }) =>
    `Let Keyward assume the role of version ${version} again, ${roleArn}, until its data has moved. ${awsLossWords(cause).next}`,
  'allow-for-version': ({ version, keyArn, who }: { version: number; keyArn: string } & Who) =>
    `Until the data of version ${version} has moved, allow ${who === 'role' ? 'its role' : 'the user'} kms:Decrypt in the key policy of ${keyArn}. Add the highlighted lines.`,
  'name-both-keys': ({ version, who }: { version: number } & Who) =>
    `Name both keys in the permission policy of the ${who} until the data of version ${version} has moved. Add the highlighted lines.`,
  'name-its-key': ({ version, roleArn }: { version: number; roleArn: string }) =>
    `Name its key in the permission policy of the role ${roleArn} until the data of version ${version} has moved. Add the highlighted lines.`,

  'look-at-step': ({ authMode, step }: { authMode: AwsAuthMode; step: SetUpStep }) =>
    `Check ${stepLabel(authMode, step)} first, then verify this one again.`,
  'then-verify-again': ({ failure }: { failure: KmsFailureCode }) =>
    `${awsFailureWords(failure).next} Then verify again.`,
  'compare-arn': ({ step }: { step: SetUpStep }) =>
    `Compare the ARN with the one in AWS and complete ${stepLabel('assume-role', step)}. Then verify this step again.`,

  'open-key': () => 'Open the key in AWS',
  'open-role': () => 'Open the role in AWS',
  'open-user': () => 'Open the user in AWS',
} satisfies Sentences;

type Action = { action: string };
type Who = { who: Principal };
