/**
 * Authentication, with an access key: GetCallerIdentity, which needs no permission, tells whose the access key is.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
import { GetCallerIdentityCommand, type GetCallerIdentityCommandOutput } from '@aws-sdk/client-sts';
import { parseKeyReference } from '#lib/byok/aws/arn.ts';
import { isPartition } from '#lib/byok/aws/regions.ts';
import { unknownAccount } from '#lib/byok/aws/step-schemas.ts';
import { kmsFailures } from '#lib/byok/kms-failure.ts';
import { makeKmsClient } from '../clients.ts';
import { askAgain } from './ask.ts';
import { failedVerdict } from './remedies.ts';
import { accessKeyOf, type Check, found, type Steps, type TestRun, type UserName, type Verdict } from './test-run.ts';

export const identityCheck: Check = { doing: 'Asking AWS whose the access key is.', run: checkIdentity };

async function* checkIdentity(test: TestRun): Steps {
  const sts = found(test.sts);
  // An access key that was created a moment ago is not known everywhere yet.
  const endsAt = performance.now() + test.waitLimits.positiveMs;
  const again = (answer: { ok: boolean; failure?: { failure: string } }) =>
    answer.failure?.failure === 'access-key-unknown';
  const answer = yield* askAgain(test, { while: again, endsAt }, (operation) =>
    operation.send('sts', (abortSignal) => sts.send(new GetCallerIdentityCommand({}), { abortSignal })),
  );
  if (answer.ok) return judge(test, answer.value);
  const { meaning, next } = kmsFailures[answer.failure.failure];
  return failedVerdict(answer.failure, meaning, { text: next });
}

function judge(test: TestRun, { Arn = '', Account = '' }: GetCallerIdentityCommandOutput): Verdict {
  const details = [
    { label: 'User ARN', value: Arn },
    { label: 'Account of the user', value: Account },
  ];
  const failed = (cause: string, summary: string, text: string): Verdict => ({
    outcome: 'failed',
    cause,
    summary,
    details,
    remedy: { text },
  });
  if (Arn.endsWith(':root')) {
    return failed(
      'root-access-key',
      'This is an access key of the account’s root user, who may do everything in the account, and whom no policy of yours holds to this key.',
      'Delete this access key in AWS, and create one of an IAM user who may use this key only.',
    );
  }
  const user = userOf(Arn, Account);
  if (!user) {
    return failed(
      'not-a-user',
      'This access key is not one of an IAM user.',
      'Create an access key of an IAM user: one that begins with AKIA, and does not expire by itself.',
    );
  }
  if (Account === test.options.vendorAccountId) {
    return failed(
      'wrong-place',
      'This user is in the vendor’s own AWS account.',
      'Use an access key of a user of yours.',
    );
  }
  test.user = user;
  test.kms = makeKmsClient(found(test.key).region, test.limits, found(accessKeyOf(test)));
  const keyAccount = completeKey(test, Account);
  if (keyAccount === Account) return { outcome: 'passed', summary: `AWS knows the user ${user.userName}.`, details };
  return {
    outcome: 'warning',
    cause: 'different-accounts',
    summary: `The key is in the account ${keyAccount}, the user in ${Account}.`,
    details: [...details, { label: 'Account of the key', value: keyAccount }],
    remedy: { text: 'If this is not on purpose, use a user and a key in the same account.' },
  };
}

/** Completes a bare key ID with the account that AWS has told. @returns the account of the key */
function completeKey(test: TestRun, accountId: string): string {
  const key = found(test.key);
  if (key.kind !== 'key' || key.accountId !== unknownAccount) return key.accountId;
  const completed = parseKeyReference(key.keyId, { region: key.region, accountId });
  if (!completed.ok) throw new Error('AWS told an account that is none');
  test.key = completed.value;
  return accountId;
}

/** `arn:aws:iam::ACCOUNT:user/PATH/NAME` */
function userOf(arn: string, accountId: string): UserName | undefined {
  const [, partition = '', , , , resource = ''] = arn.split(':');
  if (!isPartition(partition) || !resource.startsWith('user/')) return undefined;
  return { arn, partition, accountId, userName: resource.slice(resource.lastIndexOf('/') + 1) };
}
