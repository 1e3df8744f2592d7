import { countOf } from '../../format.ts';
import type { KmsFailureCode } from '../../kms-failure.ts';
import type { Message, Say, Sentences } from '../../messages/message.ts';
import type { AwsAuthMode } from '../connection.ts';
import { awsFailureWords } from '../failure-words.ts';
import { type SetUpStep, stepLabel } from '../set-up-steps.ts';
import type { Principal } from './denials.ts';

/** What a check, or a row of the set-up guide, has seen. */
export const findings = {
  'region-unknown': () => 'Keyward doesn’t know this AWS Region.',
  'field-problem': ({ field, problem }: { field: string; problem: Message }, say: Say) => `${field}: ${say(problem)}`,
  'other-partition': ({ theirs, ours }: { theirs: string; ours: string }) =>
    `This installation has no role in the partition ${theirs}. It works in ${ours} and cannot assume roles of other partitions.`,
  'arns-complete': () => 'Both ARNs are valid.',
  'accounts-differ': ({ keyAccount, who, account }: { keyAccount: string; who: Principal; account: string }) =>
    `The key is in the account ${keyAccount}, the ${who} in ${account}.`,
  'no-secret-stored': () => 'No secret access key is stored for this access key ID.',
  'access-key-complete': () => 'Access key ID, secret and key name are well-formed.',
  'key-to-be-created': () => 'Your entries are valid. Keyward will create the key.',
  'in-home-region': ({ homeRegion }: { homeRegion: string }) => `The key is in your home region, ${homeRegion}.`,
  'outside-home-region': ({ region, homeRegion }: { region: string; homeRegion: string }) =>
    `The key is in ${region}, your data is in ${homeRegion}. Every use of the key crosses regions. If either region is down, your data cannot be read.`,

  'sts-and-kms-answer': ({ region }: { region: string }) => `STS and KMS in ${region} answer.`,
  'no-answer': ({ services, region, failure, connectionCode }: NoAnswer) => {
    const where = `${services.join(' and ')} in ${region}`;
    if (failure === 'unreachable' && connectionCode) return `${where} could not be reached: ${connectionCode}.`;
    const code = failure === 'untrusted-certificate' && connectionCode ? ` (${connectionCode})` : '';
    return `${where}: ${awsFailureWords(failure).meaning}${code}`;
  },

  'role-assumed': ({ roleName }: { roleName: string }) => `The role ${roleName} was assumed with your external ID.`,
  'assuming-failed': ({ failure }: Failure) => `Assuming the role failed: ${awsFailureWords(failure).meaning}`,
  'role-refuses-us': ({ roleName, accountId }: { roleName: string; accountId: string }) =>
    `AWS does not let Keyward assume the role ${roleName}. Either it does not exist in ${accountId}, or it does not trust Keyward with your external ID.`,
  'no-role-assumed': () =>
    'Does not apply: Keyward assumes no role, so another customer cannot use your key through a role’s ARN. Anyone with the secret access key can use it from anywhere: keep no other copy.',
  'role-refuses-others': () => 'The role refuses Keyward without your external ID and with a wrong one.',
  'role-lets-others-in': ({ with: given }: WrongId) =>
    `The role lets Keyward in ${howOf[given]}. Another customer of Keyward who knows its ARN could use your key through it.`,
  'refusal-unseen': ({ with: given, failure }: WrongId & Failure) =>
    `Keyward could not check whether the role refuses it ${howOf[given]}: ${awsFailureWords(failure).meaning}`,
  'root-access-key': () =>
    'This is an access key of the account’s root user. The root user may do everything, and no policy limits it to this key.',
  'no-user': () => 'This access key is not one of an IAM user.',
  'user-of-vendor': () => 'This user is in the vendor’s own AWS account.',
  'user-known': ({ userName }: { userName: string }) => `AWS knows the user ${userName}.`,

  'other-key-described': () => 'AWS described a different key from the one that Keyward named.',
  'managed-by-aws': () => 'This key is managed by AWS: its policy cannot allow Keyward.',
  'key-usable': () => 'The key is enabled, symmetric, for encryption and decryption, and yours to manage.',
  'in-cloudhsm': () =>
    'The key is in your CloudHSM key store. While the store is disconnected or its cluster is down, your data cannot be read. AWS holds no copy of the key material: losing the cluster without a backup means losing the data.',
  'in-external-key-store': () =>
    'The key is outside AWS, in an external key store. Every use calls your own key manager through your proxy. If either is down or the store is disconnected, your data cannot be read. AWS holds no copy of the key material and cannot restore it.',
  'material-imported': () =>
    'You imported the material of this key. It does not expire, but it can be deleted, and AWS keeps no copy. Your data is then readable only after you import the same material again.',
  'material-expired': ({ date }: { date: string }) =>
    `The imported material of this key expired on ${date}. AWS deletes it, and nothing can then be read under the key.`,
  'material-expires': ({ date, days }: { date: string; days: number }) =>
    `The imported material of this key expires in ${days === 0 ? 'less than a day' : countOf(days, 'day')}, on ${date}. AWS then deletes it, and your data cannot be read until you import the same material again.`,
  'describing-denied': () =>
    'The key answers, but kms:DescribeKey is not permitted. Keyward cannot see its state, origin and expiry date, and cannot warn you about them.',
  'left-for-creation': () => 'Skipped: Keyward creates the key once everything else has passed.',

  'data-key-made': ({ bytes }: { bytes: number }) => `The key made a data key of ${bytes} bytes, wrapped by itself.`,
  'generating-denied': () =>
    'kms:GenerateDataKey is not permitted. Keyward makes data keys from its own random numbers, and your key encrypts them.',
  'came-back': () => 'Test data was encrypted and decrypted correctly.',
  'pair-not-asked-for': () => 'Does not apply: this configuration does not ask for it.',
  'pair-not-in-this-store': () =>
    'Does not apply: this key is in a custom key store, where AWS makes no data key pairs.',
  'pair-made': () =>
    'The key made a data key pair. Data encrypted with its public key was decrypted with its private key.',
  'pair-wrong': () => 'Data encrypted with the pair’s public key was not decrypted correctly with its private key.',
  'context-demanded': () => 'Your policies deny the key to calls on behalf of another tenant.',
  'context-not-demanded': () =>
    'Your policies do not require Keyward’s encryption context. The key also works for calls on behalf of another tenant.',
  'context-unseen': ({ failure }: Failure) =>
    `Keyward could not check whether your policies require its encryption context: ${awsFailureWords(failure).meaning}`,

  'no-earlier-version': () => 'Does not apply: no data uses an earlier version of this key.',
  'stays-readable': ({ versions }: { versions: readonly number[] }) =>
    `Existing data stays readable until it has moved: ${versions.map((version) => `version ${version}`).join(', ')}.`,
  'cut-off': ({ version, inForce, blocking, why, ...hanging }: CutOff, say: Say) => {
    const name = inForce ? `Version ${version}, which is active,` : `Version ${version}`;
    const moved = blocking ? ', and could not be moved' : ' or moved';
    return `${name} is cut off: ${hangingWords(hanging)} under it cannot be read${moved}. ${say(why)}`;
  },

  'call-failed': ({ action, failure }: Action & Failure) => `${action} failed: ${awsFailureWords(failure).meaning}`,
  'call-allowed': ({ action, who }: Action & Who) => `AWS lets the ${who} call ${action}.`,
  'not-run-before': ({ authMode, step, finding }: { finding: Message } & StepName, say: Say) =>
    `Not run: ${say(finding)} Verify ${stepLabel(authMode, step)} first.`,
  'alias-not-resolved': () => 'Not run: Keyward needs kms:DescribeKey to see which key the alias points to.',
  'nothing-to-decrypt': () => 'Not run: encrypting failed, so there was nothing to decrypt.',
  'missing-in-key-policy': ({ action, who }: Action & Who) =>
    `The key policy does not let the ${who} call ${action}, and neither does the ${who}’s own policy.`,
  'other-policy-named': ({ action, who, policy }: Action & Who & { policy: 'key-policy' | 'permission' }) =>
    `AWS denies ${action} to the ${who} because of the ${policy === 'key-policy' ? 'key policy' : `permission policy of the ${who}`}. This policy cannot be checked yet.`,
  'works-without': ({ action }: Action) => `${action} is not permitted. Keyward works without it, but can show less.`,
  'not-by-a-policy': ({ action, failure }: Action & Failure) =>
    `${action} failed, but not because of a policy: ${awsFailureWords(failure).meaning}`,
  'key-unseen': () => 'AWS does not let Keyward see the key. It gives the same answer for a key that does not exist.',
} satisfies Sentences;

type Failure = { failure: KmsFailureCode };
type Action = { action: string };
type Who = { who: Principal };
type StepName = { authMode: AwsAuthMode; step: SetUpStep };
type NoAnswer = Failure & { services: readonly string[]; region: string; connectionCode: string | null };
type WrongId = { with: keyof typeof howOf };
type Hanging = { records: number; dataKeys: number };
type CutOff = Hanging & { version: number; inForce: boolean; blocking: boolean; why: Message };

const howOf = { 'no-id': 'without an external ID', 'wrong-id': 'with a wrong external ID' } as const;

export function hangingWords({ records, dataKeys }: Hanging): string {
  if (records > 0) return countOf(records, 'record');
  return `what ${countOf(dataKeys, 'data key protects', 'data keys protect')}`;
}
