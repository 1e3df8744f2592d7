/** The checks that need no answer from AWS: format and region. */
import { type AliasName, type KeyName, parseKeyReference, parseRoleArn, type RoleName } from '#lib/byok/aws/arn.ts';
import { isKnownRegion, regions } from '#lib/byok/aws/regions.ts';
import { keyProblems, roleProblems } from '#lib/byok/aws/step-schemas.ts';
import { type Check, found, type TestRun, type Verdict } from './test-run.ts';

export const formatCheck: Check = { doing: 'Reading the ARNs.', run: checkFormat };
export const regionCheck: Check = { doing: 'Comparing regions.', run: checkRegion };

async function checkFormat(test: TestRun): Promise<Verdict> {
  const { configuration, vendorAccountId, serviceRoleArn } = test.options;
  const { region, accountId, keyArn } = configuration;
  if (!isKnownRegion(region)) {
    return failed(
      'region-unknown',
      'The AWS Region is not one that we know.',
      'Choose the region from the list in AWS Region.',
    );
  }
  const key = parseKeyReference(keyArn, { region, accountId });
  if (!key.ok) return failed(key.reason, `Provider ARN: ${key.message}`, 'Correct Provider ARN.');
  const [keyProblem] = keyProblems(key.value, { region, vendorAccountId });
  if (keyProblem) return failed('wrong-place', keyProblem, 'Correct Provider ARN or AWS Region.');
  test.key = key.value;
  if (configuration.authMode !== 'assume-role') throw new Error('this check is for roles');
  const role = parseRoleArn(configuration.roleArn);
  if (!role.ok) return failed(role.reason, `Role ARN: ${role.message}`, 'Correct Role ARN.');
  const [roleProblem] = roleProblems(role.value, { region, vendorAccountId });
  if (roleProblem) return failed('wrong-place', roleProblem, 'Correct Role ARN or AWS Region.');
  const service = parseRoleArn(serviceRoleArn);
  if (service.ok && service.value.partition !== role.value.partition) {
    return failed(
      'partition-mismatch',
      `This installation has no role in the partition ${role.value.partition}: it works in ${service.value.partition}, from where roles of other partitions cannot be assumed.`,
      `Ask your vendor for a service role in ${role.value.partition}, or use a role and a key in ${service.value.partition}.`,
    );
  }
  test.role = role.value;
  return accepted(key.value, role.value);
}

function accepted(key: KeyName | AliasName, role: RoleName): Verdict {
  const details = [
    { label: 'Key', value: key.kind === 'key' ? key.keyId : key.aliasName },
    { label: 'Account of the key', value: key.accountId },
    { label: 'Role', value: role.roleName },
    { label: 'Account of the role', value: role.accountId },
    { label: 'Region', value: `${key.region}, ${regions[key.region].name}` },
    { label: 'Partition', value: key.partition },
  ];
  if (key.accountId === role.accountId) return { outcome: 'passed', summary: 'Both ARNs are complete.', details };
  return {
    outcome: 'warning',
    cause: 'different-accounts',
    summary: `The key is in the account ${key.accountId}, the role in ${role.accountId}.`,
    details,
    remedy: { text: 'If this is not on purpose, use a role and a key in the same account.' },
  };
}

async function checkRegion(test: TestRun): Promise<Verdict> {
  const { homeRegion, regionPolicy } = test.options.tenant;
  const { region } = found(test.key);
  const details = [
    { label: 'Region of the key', value: region },
    { label: 'Home region', value: homeRegion },
  ];
  if (region === homeRegion)
    return { outcome: 'passed', summary: `The key is in your home region, ${homeRegion}.`, details };
  return {
    outcome: regionPolicy === 'refuse' ? 'failed' : 'warning',
    cause: 'region-mismatch',
    summary: `The key is in ${region}, your data is in ${homeRegion}. Each use of the key crosses regions, and data cannot be read while either is down.`,
    details,
    remedy: { text: `Create a key in ${homeRegion} and use its ARN.` },
  };
}

function failed(cause: string, summary: string, remedy: string): Verdict {
  return { outcome: 'failed', cause, summary, details: [], remedy: { text: remedy } };
}
