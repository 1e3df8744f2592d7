/** Format, with an access key: what was entered, before AWS is asked anything. */

import { parseKeyReference } from '#lib/byok/aws/arn.ts';
import { accessKeyIdProblem, keyProblems, unknownAccount } from '#lib/byok/aws/connect-problems.ts';
import { awsMessage } from '#lib/byok/aws/messages/aws-message.ts';
import { isKnownRegion } from '#lib/byok/aws/regions.ts';
import { failed, wrongField, wrongPlace } from './before-aws.ts';
import type { Check, CheckOutcome, TestRun } from './test-run.ts';

export const accessKeyFormatCheck: Check = { doing: awsMessage('reading-entered'), run: checkFormat };

async function checkFormat(test: TestRun): Promise<CheckOutcome> {
  const { configuration, vendorAccountId, secretAccessKey } = test.options;
  if (configuration.authMode !== 'access-key') throw new Error('this check is for access keys');
  const { region, keyArn, accessKeyId } = configuration;
  if (!isKnownRegion(region)) {
    return failed('region-unknown', awsMessage('region-unknown'), awsMessage('choose-region'));
  }
  const problem = accessKeyIdProblem(accessKeyId);
  if (problem) return wrongField('Access Key ID', { reason: 'bad-access-key-id', message: problem });
  if (!secretAccessKey) {
    return failed('secret-missing', awsMessage('no-secret-stored'), awsMessage('paste-secret'));
  }
  const key = parseKeyReference(keyArn, { region, accountId: unknownAccount });
  if (!key.ok) return wrongField('Key ID', key);
  const [keyProblem] = keyProblems(key.value, { region, vendorAccountId });
  if (keyProblem) return wrongPlace('Key ID', keyProblem);
  test.key = key.value;
  const { value } = key;
  return {
    outcome: 'passed',
    summary: awsMessage('access-key-complete'),
    details: [
      { label: awsMessage('label-access-key-id'), value: accessKeyId },
      { label: awsMessage('label-key'), value: value.kind === 'key' ? value.keyId : value.aliasName },
      ...(value.accountId === unknownAccount
        ? []
        : [{ label: awsMessage('label-account-of-key'), value: value.accountId }]),
      { label: awsMessage('label-region'), value: awsMessage('named-region', { region }) },
    ],
  };
}
