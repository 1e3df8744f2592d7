/**
 * Context: a data key for another tenant has to be denied. Decrypting under a wrong context always fails, whatever the
 * policies say, so it would prove nothing.
 */
import { awsMessage } from '#lib/byok/aws/messages/aws-message.ts';
import { message } from '#lib/byok/messages/catalogue.ts';
import { appIdOfTest, encryptionContext } from '../../provider.ts';
import { encrypt, generateDataKey, type KeyCaller } from '../key-calls.ts';
import { ask } from './ask.ts';
import { caller } from './data-checks.ts';
import { failedWith, keyPolicyRemedy } from './remedies.ts';
import type { Check, CheckOutcome, TestRun } from './test-run.ts';

export const contextCheck: Check = {
  doing: awsMessage('using-as-another-tenant'),
  negative: true,
  run: checkContext,
};

async function checkContext(test: TestRun): Promise<CheckOutcome> {
  const context = encryptionContext({ tenantId: randomUuid(test.random(16)), appId: appIdOfTest });
  // What is not permitted at all would be denied whatever the context: then the question is put by Encrypt.
  const action = test.facts?.generates === false ? 'Encrypt' : 'GenerateDataKey';
  const answer = await ask(test, (operation) => use(caller(test, operation), action, context));
  if (answer.ok) {
    return {
      outcome: 'warning',
      cause: 'context-not-demanded',
      summary: awsMessage('context-not-demanded'),
      details: [],
      remedy: {
        ...keyPolicyRemedy(test, `kms:${action}`, ['KeywardUsesThisKey', 'KeywardOnlyInThisContext']),
        text: awsMessage('demand-context'),
      },
    };
  }
  if (answer.failure.failure === 'access-denied') {
    return {
      outcome: 'passed',
      summary: awsMessage('context-demanded'),
      ownDenialsTold: true,
      details: [
        {
          label: awsMessage('label-cloudtrail'),
          value: awsMessage('denied-call-is-ours', { call: action }),
        },
      ],
    };
  }
  const { failure } = answer.failure;
  return failedWith(answer.failure, awsMessage('context-unseen', { failure }), {
    text: message('kms-failure-next', { provider: 'aws', failure }),
  });
}

async function use(
  key: KeyCaller,
  action: 'Encrypt' | 'GenerateDataKey',
  context: Record<string, string>,
): Promise<void> {
  if (action === 'Encrypt') await encrypt(key, Buffer.alloc(1), context);
  else (await generateDataKey(key, context)).plaintext.fill(0);
}

/** RFC 9562, version 4. */
function randomUuid(random: Buffer): string {
  const bytes = Buffer.from(random);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
