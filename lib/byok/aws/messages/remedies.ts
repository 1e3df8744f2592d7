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
    'Delete this access key in AWS, and create one of an IAM user who may use this key only.',
  'use-access-key-of-user': () =>
    'Create an access key of an IAM user: one that begins with AKIA, and does not expire by itself.',
  'use-user-of-yours': () => 'Use an access key of a user of yours.',

  'replace-trust-policy': () => 'Replace the trust policy of the role by this one.',
  'demand-external-id': () => 'Demand your external ID in the trust policy of the role, as in the marked lines.',
  'allow-in-key-policy': ({ action, who }: Action & Who) =>
    `Allow ${action} to the ${who} in the key policy, as in the marked lines.`,
  'allow-in-permission-policy': ({ action, who }: Action & Who) =>
    `Allow ${action} in the permission policy of the ${who}, as in the marked lines; the key policy has to allow it too.`,
  'allow-on-own-arn': ({ action, who }: Action & Who) =>
    `Allow ${action} on the key’s own ARN in the permission policy of the ${who}.`,
  'in-account-of-key': ({ account, remedy }: { account: string; remedy: Message }, say: Say) =>
    `In account ${account}: ${say(remedy)} The permission policy has to allow it too.`,
  'allow-in-both': ({ action }: Action) => `Allow ${action} in both policies if your rules let you.`,
  'demand-context': () => 'Demand your tenant ID as encryption context in the key policy, as in the marked lines.',

  'use-customer-managed-key': () => 'Create a customer managed key and use its ARN.',
  'keep-cloudhsm': () =>
    'Keep the key store connected, its cluster on two or more HSMs, and its backups. We take a disconnected store for an outage, never for a revocation.',
  'keep-external-key-store': () =>
    'Keep proxy and key manager as available as the data has to be. We take their silence for an outage, never for a revocation.',
  'keep-material': () => 'Keep the key material in a safe place of your own, for as long as data lies under the key.',
  'import-material-again': () => 'Import the same key material again in AWS KMS, with a later date or none.',
  'import-material-in-time': () =>
    'Import the same key material again before that date, or without one; keep it in a safe place of your own.',
  'describing-is-optional': () => 'It can stay so. To be warned in time, allow kms:DescribeKey on the key to the user.',
  'generating-is-optional': () =>
    'It can stay so. To have data keys made by AWS KMS, allow kms:GenerateDataKey on the key to the user.',
  'test-pair-again': () => 'Run the test again. If it stays, tell your vendor: the answer is not as AWS documents it.',

  'let-assume-again': ({ version, roleArn, cause }: { version: number; roleArn: string; cause: LossCause }) =>
    `Let us assume the role of version ${version} again, ${roleArn}, until its data has moved. ${awsLossWords(cause).next}`,
  'allow-for-version': ({ version, keyArn, who }: { version: number; keyArn: string } & Who) =>
    `Allow kms:Decrypt to ${who === 'role' ? 'the role of that version' : 'the user'} in the key policy of version ${version}’s key, ${keyArn}, as in the marked lines, until its data has moved.`,
  'name-both-keys': ({ version, who }: { version: number } & Who) =>
    `Name both keys, not the new one alone in the permission policy of the ${who} until the data of version ${version} has moved: add the marked lines.`,
  'name-its-key': ({ version, roleArn }: { version: number; roleArn: string }) =>
    `Name its key in the permission policy of the role ${roleArn} until the data of version ${version} has moved: add the marked lines.`,

  'look-at-step': ({ authMode, step }: { authMode: AwsAuthMode; step: SetUpStep }) =>
    `Look at ${stepLabel(authMode, step)} first, then verify this one again.`,
  'then-verify-again': ({ failure }: { failure: KmsFailureCode }) =>
    `${awsFailureWords(failure).next} Then verify again.`,
  'compare-arn': ({ step }: { step: SetUpStep }) =>
    `Compare the ARN with the one in AWS and do ${stepLabel('assume-role', step)}; then verify this step again.`,

  'open-key': () => 'Open the key in AWS',
  'open-role': () => 'Open the role in AWS',
  'open-user': () => 'Open the user in AWS',
} satisfies Sentences;

type Action = { action: string };
type Who = { who: Principal };
