/**
 * "Download for your AWS administrator": one Markdown file with all that has to be done in AWS, in an order that works
 * (a key policy that names a role which does not exist is rejected), each policy with its values in it. It needs no
 * Keyward account and leaves nothing to replace. Contains no secret: an external ID is none.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-user_externalid.html
 */
import { parseRoleArn } from './arn.ts';
import { keyPolicy, permissionPolicy, policyText, trustPolicy } from './policies.ts';
import type { Partition } from './regions.ts';

export type HandOverValues = {
  partition: Partition;
  region: string;
  /** The account that role and key are made in. */
  accountId: string;
  roleArn: string;
  serviceRoleArn: string;
  externalId: string;
  tenantId: string;
  tenantName: string;
  /** The key's own ARN, where it exists already; unset, the commands make a key and fill it in. */
  keyArn?: string | undefined;
};

/** Markdown. Throws RangeError when `roleArn` is not a role's ARN: then there is nothing to hand over yet. */
export function adminHandOver(values: HandOverValues): string {
  const role = parseRoleArn(values.roleArn);
  if (!role.ok) throw new RangeError(role.message);
  const { roleName, path } = role.value;
  return [
    introduction(values, roleName),
    section('1. Create the role', [
      'The trust policy lets the vendor’s service role assume it, and only with your external ID.',
      json(trustPolicy(values)),
      'With the AWS CLI:',
      shell(
        writeFile('trust-policy.json', policyText(trustPolicy(values))),
        `aws iam create-role --role-name ${roleName}${path === '/' ? '' : ` --path ${path}`} --assume-role-policy-document file://trust-policy.json`,
        '# If the role exists already:',
        `# aws iam update-assume-role-policy --role-name ${roleName} --policy-document file://trust-policy.json`,
      ),
    ]),
    keySection(values),
    permissionSection(values, roleName),
    handBack(values),
  ].join('\n\n');
}

function introduction(values: HandOverValues, roleName: string): string {
  return `# Connect a KMS key of ${values.tenantName}

What is wanted: the role \`${roleName}\` and a symmetric customer managed key, both in the AWS account \`${values.accountId}\`,
the key in \`${values.region}\`. The vendor’s service may then use the key for your own data only, and you can end that at any
time by disabling the key. It takes about 20 minutes.

| value | |
| --- | --- |
| AWS account | \`${values.accountId}\` |
| AWS region | \`${values.region}\` |
| Role ARN | \`${values.roleArn}\` |
| Service Role ARN (the vendor’s) | \`${values.serviceRoleArn}\` |
| External ID | \`${values.externalId}\` |
| Tenant ID, in the encryption context | \`${values.tenantId}\` |

Run the commands in one shell, in this order, signed in as an administrator of the account.`;
}

function keySection(values: HandOverValues): string {
  const policy = keyPolicy(values);
  const commands = values.keyArn
    ? [
        `KEY_ARN=${values.keyArn}`,
        `aws kms put-key-policy --region ${values.region} --key-id "$KEY_ARN" --policy-name default --policy file://key-policy.json`,
      ]
    : [
        `KEY_ARN=$(aws kms create-key --region ${values.region} --key-spec SYMMETRIC_DEFAULT --key-usage ENCRYPT_DECRYPT \\`,
        '  --description "Bring your own key" --policy file://key-policy.json --query KeyMetadata.Arn --output text)',
        'echo "$KEY_ARN"',
      ];
  return section(values.keyArn ? '2. Set the key policy' : '2. Create the key', [
    'Symmetric, usage Encrypt and decrypt, single-Region. The first statement keeps the key in your account’s hands. If your administrators ' +
      'have statements of their own in the policy, keep those and add the last three.',
    json(policy),
    'With the AWS CLI:',
    shell(writeFile('key-policy.json', policyText(policy)), ...commands),
  ]);
}

/** Until the key exists its ARN cannot be printed; the shell fills it in. */
function permissionSection(values: HandOverValues, roleName: string): string {
  const text = policyText(permissionPolicy({ keyArn: values.keyArn ?? '$KEY_ARN', tenantId: values.tenantId }));
  const shown = values.keyArn
    ? [fence('json', text)]
    : ['The policy names the key’s ARN, so it is written once the key exists; the commands fill it in.'];
  return section('3. Give the role its permissions', [
    ...shown,
    'With the AWS CLI:',
    shell(
      writeFile('permission-policy.json', text, values.keyArn === undefined),
      `aws iam put-role-policy --role-name ${roleName} --policy-name Keyward --policy-document file://permission-policy.json`,
    ),
  ]);
}

function handBack(values: HandOverValues): string {
  return section('4. Hand back', [
    `Send the key’s ARN (and \`${values.roleArn}\`, if you gave the role another name or path) to whoever gave you this file. They enter it ` +
      'and run Test Configuration, which says what is missing. Its negative checks appear in your CloudTrail as denied AssumeRole and ' +
      'GenerateDataKey calls; they are meant to be denied.',
  ]);
}

function section(title: string, paragraphs: string[]): string {
  return [`## ${title}`, ...paragraphs].join('\n\n');
}

function json(document: object): string {
  return fence('json', policyText(document));
}

function shell(...lines: string[]): string {
  return fence('sh', lines.join('\n'));
}

function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

/** `expand`: whether the shell puts its variables into the text. */
function writeFile(name: string, text: string, expand = false): string {
  return `cat > ${name} <<${expand ? 'JSON' : "'JSON'"}\n${text}\nJSON`;
}
