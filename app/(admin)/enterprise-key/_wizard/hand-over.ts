import { parseRoleArn } from '#lib/byok/arn.ts';
import { permissionPolicy, policyText } from '#lib/byok/policies.ts';
import type { SetupView } from '#lib/byok/views.ts';
import type { SetUp } from './set-up.ts';

/** Stands in the permission policy for a key that the commands are still to create; a shell fills it in. */
const keyArnVariable = '$KEY_ARN';

/**
 * Everything that an AWS administrator needs, as one Markdown file that asks for no account here and leaves no value to
 * be replaced: what is set up and why, the commands (AWS CLI v2, a POSIX shell), and what to send back.
 */
export function handOver(setup: Pick<SetupView, 'tenant' | 'serviceRoleArn' | 'externalId'>, setUp: SetUp): string {
  return [
    `# Set up an AWS KMS key for ${setup.tenant.name}`,
    introduction(setup, setUp),
    '## 1. Create the role, with its trust policy',
    'It lets the vendor’s service role assume this role, and only when it presents the external ID. ' +
      'Create it before the key: AWS refuses a key policy that names a role which does not exist.',
    shell(createRole(setUp)),
    '## 2. Create the key, with its key policy',
    'A symmetric customer managed key. The first statement leaves your administrators in charge of it; ' +
      `the last one denies its use for the data of anybody but ${setup.tenant.name}.`,
    shell(createKey(setUp)),
    '## 3. Give the role its permission policy',
    setUp.keyArn
      ? 'It names the key that was given.'
      : 'It names the key that step 2 created; run it in the same shell.',
    shell(permit(setup, setUp)),
    '## 4. Send back',
    sendBack(setUp),
    'AWS may take a few seconds until all of this is in effect. To take the key away again at any time, disable it ' +
      'or remove the role’s permission: the data under it can then no longer be read by the vendor.',
    '',
  ].join('\n\n');
}

function introduction(setup: Pick<SetupView, 'serviceRoleArn' | 'externalId'>, setUp: SetUp): string {
  return [
    'Run this with administrative access to IAM and KMS in the account below. Nothing in it is a secret.',
    '',
    '| what | value |',
    '| --- | --- |',
    `| AWS account | ${setUp.accountId} |`,
    `| Region of the key | ${setUp.region} |`,
    `| Role to create | ${setUp.roleName} |`,
    `| Service role that will assume it | ${setup.serviceRoleArn} |`,
    `| External ID that it presents | ${setup.externalId} |`,
  ].join('\n');
}

function createRole({ roleName, roleArn, policies }: SetUp): string {
  const role = parseRoleArn(roleArn);
  const path = role.ok && role.value.path !== '/' ? ` --path ${role.value.path}` : '';
  return [
    file('trust-policy.json', policyText(policies.trust)),
    `aws iam create-role --role-name ${roleName}${path} --assume-role-policy-document file://trust-policy.json`,
  ].join('\n');
}

function createKey({ region, keyArn, policies }: SetUp): string {
  const policy = file('key-policy.json', policyText(policies.key));
  if (keyArn) {
    return [
      policy,
      `aws kms put-key-policy --region ${region} --policy-name default --policy file://key-policy.json --key-id ${keyArn}`,
    ].join('\n');
  }
  return [
    policy,
    `KEY_ARN=$(aws kms create-key --region ${region} --policy file://key-policy.json --query KeyMetadata.Arn --output text)`,
    'echo "$KEY_ARN"',
  ].join('\n');
}

function permit({ tenant }: Pick<SetupView, 'tenant'>, { roleName, keyArn }: SetUp): string {
  const policy = policyText(permissionPolicy({ keyArn: keyArn ?? keyArnVariable, tenantId: tenant.id }));
  return [
    file('permission-policy.json', policy, keyArn === null),
    `aws iam put-role-policy --role-name ${roleName} --policy-name KeywardUsesKey --policy-document file://permission-policy.json`,
  ].join('\n');
}

function sendBack({ roleArn, keyArn }: SetUp): string {
  return [
    `- Role ARN: \`${roleArn}\``,
    `- Provider ARN, the key’s ARN: ${keyArn ? `\`${keyArn}\`` : 'what step 2 printed'}`,
  ].join('\n');
}

/** A quoted here-document keeps every `$` as it is; an open one lets the shell fill in the key's ARN. */
function file(name: string, text: string, filledIn = false): string {
  return `cat > ${name} <<${filledIn ? 'EOF' : "'EOF'"}\n${text}\nEOF`;
}

function shell(code: string): string {
  return `\`\`\`sh\n${code}\n\`\`\``;
}
