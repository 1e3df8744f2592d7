/**
 * Key and data key, with an access key: Encrypt and Decrypt are all that is needed. Where describing the key is not
 * permitted, AWS names it by answering Encrypt; where generating data keys is not, they are made here and encrypted.
 */

import { EncryptCommand } from '@aws-sdk/client-kms';
import { type KeyArn, parseKeyArn } from '#lib/byok/aws/arn.ts';
import { noAwsFacts } from '#lib/byok/aws/key-facts.ts';
import { awsMessage } from '#lib/byok/aws/messages/aws-message.ts';
import { KmsError } from '../../errors.ts';
import { clarifyState } from '../clarify-state.ts';
import { describeKey, generateDataKey } from '../key-calls.ts';
import type { Operation } from '../operation.ts';
import { ask, askPatiently } from './ask.ts';
import { caller, generatedOutcome, testContext } from './data-checks.ts';
import { keyOutcome } from './key-check.ts';
import { kmsFailed, link } from './remedies.ts';
import { type Check, type CheckOutcome, found, type Steps, type TestRun } from './test-run.ts';

export const accessKeyKeyCheck: Check = { doing: awsMessage('looking-at-key'), run: checkKey };
export const accessKeyDataKeyCheck: Check = { doing: awsMessage('generating-data-key'), run: checkDataKey };

async function* checkKey(test: TestRun): Steps {
  const described = await look(test);
  if (described.ok) return keyOutcome(test, described.value);
  if (described.failure.failure !== 'access-denied') {
    return kmsFailed(test, described.failure, 'kms:DescribeKey');
  }
  const encrypted = yield* askPatiently(test, (operation) => keyThatEncrypts(test, operation));
  if (!encrypted.ok) return kmsFailed(test, encrypted.failure, 'kms:Encrypt');
  // Policies arrive together: where Encrypt had to be waited for, DescribeKey may be permitted by now.
  const after = await look(test);
  if (after.ok) return keyOutcome(test, after.value);
  return undescribed(test, encrypted.value);
}

function look(test: TestRun) {
  const kms = found(test.kms);
  return ask(test, (operation) => describeKey({ kms, operation, keyArn: found(test.key).arn }));
}

/** The key that answers Encrypt, which is the key itself also where an alias was named. */
async function keyThatEncrypts(test: TestRun, operation: Operation): Promise<KeyArn> {
  const kms = found(test.kms);
  const given = found(test.key);
  const Plaintext = Buffer.from(test.random(16));
  const command = new EncryptCommand({ KeyId: given.arn, Plaintext, EncryptionContext: testContext(test) });
  try {
    const output = await operation.send('kms', (abortSignal) => kms.send(command, { abortSignal }));
    const answered = parseKeyArn(output.KeyId ?? '');
    const same = answered.ok && answered.value.region === given.region && answered.value.accountId === given.accountId;
    if (!same || (given.kind === 'key' && given.arn !== answered.value.arn)) throw new KmsError('wrong-key', operation);
    return answered.value.arn;
  } catch (thrown) {
    if (!(thrown instanceof KmsError)) throw thrown;
    throw await clarifyState({ kms, operation, keyArn: given.arn }, thrown);
  }
}

function undescribed(test: TestRun, arn: KeyArn): CheckOutcome {
  test.pinnedKeyArn = arn;
  test.facts = {
    described: false,
    validTo: null,
    rotatesByItself: null,
    description: null,
    aliases: null,
    tags: null,
    generates: true,
    seenAt: new Date().toISOString(),
    own: noAwsFacts,
  };
  return {
    outcome: 'warning',
    cause: 'describe-not-permitted',
    summary: awsMessage('describing-denied'),
    details: [
      { label: awsMessage('label-key-arn'), value: arn },
      { label: awsMessage('label-undescribed'), value: awsMessage('not-permitted-to-see') },
    ],
    remedy: {
      text: awsMessage('describing-is-optional'),
      ...link(test, 'principal'),
    },
  };
}

async function checkDataKey(test: TestRun): Promise<CheckOutcome> {
  const answer = await ask(test, (operation) => generateDataKey(caller(test, operation), testContext(test)));
  if (answer.ok) return generatedOutcome(answer.value);
  if (answer.failure.failure !== 'access-denied') return kmsFailed(test, answer.failure, 'kms:GenerateDataKey');
  test.facts = { ...found(test.facts), generates: false };
  return {
    outcome: 'warning',
    cause: 'generate-not-permitted',
    summary: awsMessage('generating-denied'),
    details: [],
    remedy: {
      text: awsMessage('generating-is-optional'),
      ...link(test, 'principal'),
    },
  };
}
