/** The checks that use the key for what it is wanted for, under our encryption context. */

import { timingSafeEqual } from 'node:crypto';
import { awsMessage } from '#lib/byok/aws/messages/aws-message.ts';
import { message } from '#lib/byok/messages/catalogue.ts';
import { appIdOfTest, dataKeyBytes, encryptionContext } from '../../provider.ts';
import { decrypt, encrypt, generateDataKey, type KeyCaller } from '../key-calls.ts';
import type { Operation } from '../operation.ts';
import { askPatiently } from './ask.ts';
import { kmsFailed } from './remedies.ts';
import { type Check, type CheckOutcome, found, type Steps, type TestRun } from './test-run.ts';

export const dataKeyCheck: Check = { doing: awsMessage('generating-data-key'), run: checkDataKey };
export const encryptionCheck: Check = {
  doing: awsMessage('encrypting-and-decrypting'),
  run: checkEncryption,
};

async function* checkDataKey(test: TestRun): Steps {
  const answer = yield* askPatiently(test, (operation) => generateDataKey(caller(test, operation), testContext(test)));
  if (!answer.ok) return kmsFailed(test, answer.failure, 'kms:GenerateDataKey');
  return generatedOutcome(answer.value);
}

export function generatedOutcome({ plaintext, wrapped }: { plaintext: Buffer; wrapped: Buffer }): CheckOutcome {
  plaintext.fill(0);
  return {
    outcome: 'passed',
    summary: awsMessage('data-key-made', { bytes: dataKeyBytes }),
    details: [{ label: awsMessage('label-wrapped'), value: awsMessage('count-of-bytes', { bytes: wrapped.length }) }],
  };
}

async function* checkEncryption(test: TestRun): Steps {
  const sent = Buffer.from(test.random(dataKeyBytes));
  const encrypted = yield* askPatiently(test, (operation) => encrypt(caller(test, operation), sent, testContext(test)));
  if (!encrypted.ok) return kmsFailed(test, encrypted.failure, 'kms:Encrypt');
  const decrypted = yield* askPatiently(test, (operation) =>
    decrypt(caller(test, operation), encrypted.value, testContext(test)),
  );
  if (!decrypted.ok) return kmsFailed(test, decrypted.failure, 'kms:Decrypt');
  const back = decrypted.value;
  if (back.length !== sent.length || !timingSafeEqual(back, sent)) {
    const failure = 'wrong-plaintext';
    const summary = message('kms-failure', { provider: 'aws', failure });
    const text = message('kms-failure-next', { provider: 'aws', failure });
    return { outcome: 'failed', cause: failure, summary, details: [], remedy: { text } };
  }
  return { outcome: 'passed', summary: awsMessage('came-back'), details: [] };
}

export function caller(test: TestRun, operation: Operation): KeyCaller {
  return { kms: found(test.kms), operation, keyArn: found(test.pinnedKeyArn) };
}

export function testContext(test: TestRun): Record<string, string> {
  return encryptionContext({ tenantId: test.options.tenant.id, appId: appIdOfTest });
}
