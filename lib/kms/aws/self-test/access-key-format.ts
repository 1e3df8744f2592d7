/** Format, with an access key: what was entered, before AWS is asked anything. */
import { parseKeyReference } from '#lib/byok/aws/arn.ts';
import { isKnownRegion, regions } from '#lib/byok/aws/regions.ts';
import { accessKeyIdProblem, keyProblems, unknownAccount } from '#lib/byok/aws/step-schemas.ts';
import type { Check, TestRun, Verdict } from './test-run.ts';

export const accessKeyFormatCheck: Check = { doing: 'Reading what was entered.', run: checkFormat };

async function checkFormat(test: TestRun): Promise<Verdict> {
  const { configuration, vendorAccountId, secretAccessKey } = test.options;
  if (configuration.authMode !== 'access-key') throw new Error('this check is for access keys');
  const { region, keyArn, accessKeyId } = configuration;
  if (!isKnownRegion(region)) {
    const summary = 'The AWS Region is not one that we know.';
    return failed('region-unknown', summary, 'Choose the region from the list in AWS Region.');
  }
  const problem = accessKeyIdProblem(accessKeyId);
  if (problem) return failed('bad-access-key-id', `Access Key ID: ${problem}`, 'Correct Access Key ID.');
  if (!secretAccessKey) {
    const summary = 'No secret access key is stored for this access key ID.';
    return failed('secret-missing', summary, 'Paste it into Secret Access Key, and save the step.');
  }
  const key = parseKeyReference(keyArn, { region, accountId: unknownAccount });
  if (!key.ok) return failed(key.reason, `Key ID: ${key.message}`, 'Correct Key ID.');
  const [keyProblem] = keyProblems(key.value, { region, vendorAccountId });
  if (keyProblem) return failed('wrong-place', keyProblem, 'Correct Key ID or AWS Region.');
  test.key = key.value;
  const { value } = key;
  return {
    outcome: 'passed',
    summary: 'Access key ID, secret and the key’s name are complete.',
    details: [
      { label: 'Access Key ID', value: accessKeyId },
      { label: 'Key', value: value.kind === 'key' ? value.keyId : value.aliasName },
      ...(value.accountId === unknownAccount ? [] : [{ label: 'Account of the key', value: value.accountId }]),
      { label: 'Region', value: `${region}, ${regions[region].name}` },
    ],
  };
}

function failed(cause: string, summary: string, remedy: string): Verdict {
  return { outcome: 'failed', cause, summary, details: [], remedy: { text: remedy } };
}
