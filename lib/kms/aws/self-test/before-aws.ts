/** The checks that need no answer from AWS: format and region. */

import { type AliasName, type KeyName, parseKeyReference, parseRoleArn, type RoleName } from '#lib/byok/aws/arn.ts';
import { keyProblems, roleProblems } from '#lib/byok/aws/connect-problems.ts';
import { awsMessage } from '#lib/byok/aws/messages/aws-message.ts';
import { isKnownRegion } from '#lib/byok/aws/regions.ts';
import { type Message, said } from '#lib/byok/messages/message.ts';
import { type Check, type CheckOutcome, found, type TestRun } from './test-run.ts';

export const formatCheck: Check = { doing: awsMessage('reading-arns'), run: checkFormat };
export const regionCheck: Check = { doing: awsMessage('comparing-regions'), run: checkRegion };

async function checkFormat(test: TestRun): Promise<CheckOutcome> {
  const { configuration, vendorAccountId, serviceRoleArn } = test.options;
  const { region, accountId, keyArn } = configuration;
  if (!isKnownRegion(region)) {
    return failed('region-unknown', awsMessage('region-unknown'), awsMessage('choose-region'));
  }
  const key = parseKeyReference(keyArn, { region, accountId });
  if (!key.ok) return wrongField('Provider ARN', key);
  const [keyProblem] = keyProblems(key.value, { region, vendorAccountId });
  if (keyProblem) return wrongPlace('Provider ARN', keyProblem);
  test.key = key.value;
  if (configuration.authMode !== 'assume-role') throw new Error('this check is for roles');
  const role = parseRoleArn(configuration.roleArn);
  if (!role.ok) return wrongField('Role ARN', role);
  const [roleProblem] = roleProblems(role.value, { region, vendorAccountId });
  if (roleProblem) return wrongPlace('Role ARN', roleProblem);
  const service = parseRoleArn(serviceRoleArn);
  if (service.ok && service.value.partition !== role.value.partition) {
    const partitions = { theirs: role.value.partition, ours: service.value.partition };
    return failed(
      'partition-mismatch',
      awsMessage('other-partition', partitions),
      awsMessage('use-one-partition', partitions),
    );
  }
  test.role = role.value;
  return accepted(key.value, role.value);
}

function accepted(key: KeyName | AliasName, role: RoleName): CheckOutcome {
  const details = [
    { label: awsMessage('label-key'), value: key.kind === 'key' ? key.keyId : key.aliasName },
    { label: awsMessage('label-account-of-key'), value: key.accountId },
    { label: awsMessage('label-role'), value: role.roleName },
    { label: awsMessage('label-account-of-role'), value: role.accountId },
    { label: awsMessage('label-region'), value: awsMessage('named-region', { region: key.region }) },
    { label: awsMessage('label-partition'), value: key.partition },
  ];
  if (key.accountId === role.accountId) return { outcome: 'passed', summary: awsMessage('arns-complete'), details };
  return {
    outcome: 'warning',
    cause: 'different-accounts',
    summary: awsMessage('accounts-differ', { keyAccount: key.accountId, who: 'role', account: role.accountId }),
    details,
    remedy: { text: awsMessage('use-one-account', { who: 'role' }) },
  };
}

async function checkRegion(test: TestRun): Promise<CheckOutcome> {
  const { homeRegion, regionPolicy } = test.options.tenant;
  const { region } = found(test.key);
  const details = [
    { label: awsMessage('label-region-of-key'), value: region },
    { label: awsMessage('label-home-region'), value: homeRegion },
  ];
  if (region === homeRegion)
    return { outcome: 'passed', summary: awsMessage('in-home-region', { homeRegion }), details };
  return {
    outcome: regionPolicy === 'refuse' ? 'failed' : 'warning',
    cause: 'region-mismatch',
    summary: awsMessage('outside-home-region', { region, homeRegion }),
    details,
    remedy: { text: awsMessage('create-key-in', { region: homeRegion }) },
  };
}

/** What was entered cannot be read as what it has to be. */
export function wrongField(field: string, { reason, message }: { reason: string; message: string }): CheckOutcome {
  const summary = awsMessage('field-problem', { field, problem: said(message) });
  return failed(reason, summary, awsMessage('correct-field', { field }));
}

export function wrongPlace(field: string, problem: string): CheckOutcome {
  return failed('wrong-place', said(problem), awsMessage('correct-field-or-region', { field }));
}

export function failed(cause: string, summary: Message, text: Message): CheckOutcome {
  return { outcome: 'failed', cause, summary, details: [], remedy: { text } };
}
