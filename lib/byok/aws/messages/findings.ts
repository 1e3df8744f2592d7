import { countOf } from '../../format.ts';
import type { KmsFailureCode } from '../../kms-failure.ts';
import type { Message, Say, Sentences } from '../../messages/message.ts';
import type { AwsAuthMode } from '../connection.ts';
import { awsFailureWords } from '../failure-words.ts';
import { type SetUpStep, stepLabel } from '../set-up-steps.ts';
import type { Principal } from './denials.ts';

/** What a check, or a row of the set-up guide, has seen. */
export const findings = {
  'region-unknown': () => 'The AWS Region is not one that we know.',
  'field-problem': ({ field, problem }: { field: string; problem: Message }, say: Say) => `${field}: ${say(problem)}`,
  'other-partition': ({ theirs, ours }: { theirs: string; ours: string }) =>
    `This installation has no role in the partition ${theirs}: it works in ${ours}, from where roles of other partitions cannot be assumed.`,
  'arns-complete': () => 'Both ARNs are complete.',
  'accounts-differ': ({ keyAccount, who, account }: { keyAccount: string; who: Principal; account: string }) =>
    `The key is in the account ${keyAccount}, the ${who} in ${account}.`,
  'no-secret-stored': () => 'No secret access key is stored for this access key ID.',
  'access-key-complete': () => 'Access key ID, secret and the key’s name are complete.',
  'key-to-be-created': () => 'What was entered is complete; the key is to be created.',
  'in-home-region': ({ homeRegion }: { homeRegion: string }) => `The key is in your home region, ${homeRegion}.`,
  'outside-home-region': ({ region, homeRegion }: { region: string; homeRegion: string }) =>
    `The key is in ${region}, your data is in ${homeRegion}. Each use of the key crosses regions, and data cannot be read while either is down.`,

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
    `AWS does not let us assume the role ${roleName}: it does not exist in ${accountId}, or does not trust us with your external ID.`,
  'no-role-assumed': () =>
    'Does not apply: no role is assumed, so there is no ARN by which another customer of ours could have us use your key. Whoever has the secret access key can use it from anywhere, so keep no other copy.',
  'role-refuses-others': () => 'The role refuses us without your external ID and with a wrong one.',
  'role-lets-others-in': ({ with: given }: WrongId) =>
    `The role lets us in ${howOf[given]}: another customer of ours who knows its ARN could have us use your key.`,
  'refusal-unseen': ({ with: given, failure }: WrongId & Failure) =>
    `Whether the role refuses us ${howOf[given]} could not be seen: ${awsFailureWords(failure).meaning}`,
  'root-access-key': () =>
    'This is an access key of the account’s root user, who may do everything in the account, and whom no policy of yours holds to this key.',
  'no-user': () => 'This access key is not one of an IAM user.',
  'user-of-vendor': () => 'This user is in the vendor’s own AWS account.',
  'user-known': ({ userName }: { userName: string }) => `AWS knows the user ${userName}.`,

  'other-key-described': () => 'AWS described another key than the one that we named.',
  'managed-by-aws': () => 'This key is managed by AWS: its policy cannot let us in.',
  'key-usable': () => 'The key is enabled, symmetric, for encryption and decryption, and yours to manage.',
  'in-cloudhsm': () =>
    'The key lives in a CloudHSM key store of yours. While that store is disconnected, or its cluster does not run, nobody can use the key, and your data cannot be read. AWS holds no copy of the key material: a lost cluster without a backup is lost data.',
  'in-external-key-store': () =>
    'The key lives outside AWS, in an external key store. Each use asks your own key manager through your proxy: while either does not answer, or the store is disconnected, your data cannot be read. AWS holds no copy of the key material, and cannot bring it back.',
  'material-imported': () =>
    'You imported the material of this key. It does not expire, but it can be deleted, and AWS holds no copy that would outlive that: your data is then readable only after the same material was imported again.',
  'material-expired': ({ date }: { date: string }) =>
    `The imported material of this key expired on ${date}: AWS deletes it, and nothing can be read under the key then.`,
  'material-expires': ({ date, days }: { date: string; days: number }) =>
    `The imported material of this key expires in ${days === 0 ? 'less than a day' : countOf(days, 'day')}, on ${date}. AWS then deletes it, and your data cannot be read until you import the same material again.`,
  'describing-denied': () =>
    'The key answers, but kms:DescribeKey is not permitted: its state, its origin and the day on which it may expire cannot be seen, so we cannot warn you of them.',
  'left-for-creation': () => 'Skipped: Keyward creates the key once everything else has passed.',

  'data-key-made': ({ bytes }: { bytes: number }) => `The key made a data key of ${bytes} bytes, wrapped by itself.`,
  'generating-denied': () =>
    'kms:GenerateDataKey is not permitted: data keys are made by us, out of our own random numbers, and encrypted by your key.',
  'came-back': () => 'Test data came back as it went in.',
  'pair-not-asked-for': () => 'Does not apply: this configuration does not ask for it.',
  'pair-not-in-this-store': () =>
    'Does not apply: this key is in a custom key store, and AWS makes no data key pairs with such keys.',
  'pair-made': () =>
    'The key made a data key pair; test data that its public half encrypted came back by its private half.',
  'pair-wrong': () =>
    'Test data that the public half of the pair encrypted did not come back as it went in by the private half.',
  'context-demanded': () => 'Your policies refuse the key to calls in the name of another tenant.',
  'context-not-demanded': () =>
    'Your policies do not demand our context: the key also serves calls in the name of another tenant.',
  'context-unseen': ({ failure }: Failure) =>
    `Whether your policies demand our context could not be seen: ${awsFailureWords(failure).meaning}`,

  'no-earlier-version': () => 'Does not apply: no data lies under an earlier version of this key.',
  'stays-readable': ({ versions }: { versions: readonly number[] }) =>
    `What lies under the key so far stays readable until it has moved: ${versions.map((version) => `version ${version}`).join(', ')}.`,
  'cut-off': ({ version, inForce, blocking, why, ...hanging }: CutOff, say: Say) => {
    const name = inForce ? `Version ${version}, which is active,` : `Version ${version}`;
    const moved = blocking ? ', and could not be moved' : ' or moved';
    return `${name} is cut off: ${hangingWords(hanging)} under it cannot be read${moved}. ${say(why)}`;
  },

  'call-failed': ({ action, failure }: Action & Failure) => `${action} failed: ${awsFailureWords(failure).meaning}`,
  'call-allowed': ({ action, who }: Action & Who) => `AWS lets the ${who} call ${action}.`,
  'not-run-before': ({ authMode, step, finding }: { finding: Message } & StepName, say: Say) =>
    `Not run: ${say(finding)} Verify ${stepLabel(authMode, step)} first.`,
  'alias-not-resolved': () => 'Not run: which key the alias stands for is known only once kms:DescribeKey is allowed.',
  'nothing-to-decrypt': () => 'Not run: nothing could be encrypted that it could decrypt.',
  'missing-in-key-policy': ({ action, who }: Action & Who) =>
    `The key policy does not let the ${who} call ${action}: AWS asked its own policy next, which does not either.`,
  'other-policy-named': ({ action, who, policy }: Action & Who & { policy: 'key-policy' | 'permission' }) =>
    `AWS denies ${action} to the ${who} and names the ${policy === 'key-policy' ? 'key policy' : `permission policy of the ${who}`}, so that nothing can be said of this one.`,
  'works-without': ({ action }: Action) => `${action} is not permitted. It works without, and less can be shown.`,
  'not-by-a-policy': ({ action, failure }: Action & Failure) =>
    `${action} failed, and not by a policy: ${awsFailureWords(failure).meaning}`,
  'key-unseen': () =>
    'AWS does not let us look at the key, and gives the same answer for a key that does not exist: nothing can be said of it yet.',
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
