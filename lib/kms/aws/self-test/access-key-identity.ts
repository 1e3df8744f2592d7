/**
 * Authentication, with an access key: GetCallerIdentity, which needs no permission, tells whose the access key is.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */

import { GetCallerIdentityCommand, type GetCallerIdentityCommandOutput } from '@aws-sdk/client-sts';
import { parseKeyReference } from '#lib/byok/aws/arn.ts';
import { unknownAccount } from '#lib/byok/aws/connect-problems.ts';
import { awsMessage } from '#lib/byok/aws/messages/aws-message.ts';
import { isPartition } from '#lib/byok/aws/regions.ts';
import { message } from '#lib/byok/messages/catalogue.ts';
import type { Message } from '#lib/byok/messages/message.ts';
import { makeKmsClient } from '../clients.ts';
import { askAgain } from './ask.ts';
import { failedWith } from './remedies.ts';
import {
  accessKeyOf,
  type Check,
  type CheckOutcome,
  found,
  type Steps,
  type TestRun,
  type UserName,
} from './test-run.ts';

export const identityCheck: Check = { doing: awsMessage('asking-whose-access-key'), run: checkIdentity };

async function* checkIdentity(test: TestRun): Steps {
  const sts = found(test.sts);
  // An access key that was created a moment ago is not known everywhere yet.
  const endsAt = performance.now() + test.waitLimits.positiveMs;
  const again = (answer: { ok: boolean; failure?: { failure: string } }) =>
    answer.failure?.failure === 'access-key-unknown';
  const answer = yield* askAgain(test, { while: again, endsAt }, (operation) =>
    operation.send('sts', (abortSignal) => sts.send(new GetCallerIdentityCommand({}), { abortSignal })),
  );
  if (answer.ok) return evaluate(test, answer.value);
  const { failure } = answer.failure;
  return failedWith(answer.failure, message('kms-failure', { provider: 'aws', failure }), {
    text: message('kms-failure-next', { provider: 'aws', failure }),
  });
}

function evaluate(test: TestRun, { Arn = '', Account = '' }: GetCallerIdentityCommandOutput): CheckOutcome {
  const details = [
    { label: awsMessage('label-user-arn'), value: Arn },
    { label: awsMessage('label-account-of-user'), value: Account },
  ];
  const failed = (cause: string, summary: Message, text: Message): CheckOutcome => ({
    outcome: 'failed',
    cause,
    summary,
    details,
    principal: Arn,
    remedy: { text },
  });
  if (Arn.endsWith(':root')) {
    return failed('root-access-key', awsMessage('root-access-key'), awsMessage('delete-root-access-key'));
  }
  const user = userOf(Arn, Account);
  if (!user) {
    return failed('not-a-user', awsMessage('no-user'), awsMessage('use-access-key-of-user'));
  }
  if (Account === test.options.vendorAccountId) {
    return failed('wrong-place', awsMessage('user-of-vendor'), awsMessage('use-user-of-yours'));
  }
  test.user = user;
  test.kms = makeKmsClient(found(test.key).region, test.limits, found(accessKeyOf(test)));
  const keyAccount = completeKey(test, Account);
  if (keyAccount === Account)
    return {
      outcome: 'passed',
      summary: awsMessage('user-known', { userName: user.userName }),
      details,
      principal: Arn,
    };
  return {
    outcome: 'warning',
    cause: 'different-accounts',
    summary: awsMessage('accounts-differ', { keyAccount, who: 'user', account: Account }),
    details: [...details, { label: awsMessage('label-account-of-key'), value: keyAccount }],
    principal: Arn,
    remedy: { text: awsMessage('use-one-account', { who: 'user' }) },
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
