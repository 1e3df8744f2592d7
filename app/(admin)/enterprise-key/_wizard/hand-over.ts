import { permissionPolicy, policyText } from '#lib/byok/policies.ts';
import { type KitValues, oneLine } from '#lib/byok/set-up-kit/kit-values.ts';
import { type KitFormat, kitFile, kitFormatNames } from '#lib/byok/set-up-kit/set-up-kit.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { fenced } from './markdown.ts';
import type { SetUp } from './set-up.ts';

type Source = Pick<SetupView, 'tenant' | 'serviceRoleArn' | 'externalId'>;

/**
 * Everything that an AWS administrator needs, as one Markdown file that asks for no account here: what is set up and why,
 * each way to do it, and what to send back. Every value is in it, but for the ARN of a key that is made by hand.
 */
export function handOver(setup: Source, setUp: SetUp, values: KitValues): string {
  const tenant = oneLine(setup.tenant.name);
  return [
    `# Set up an AWS KMS key for ${tenant}`,
    introduction(setup, setUp),
    '## What is set up, in this order',
    '1. A role. Its trust policy lets the vendor’s service role assume it, and only when it presents the external ID. ' +
      'It comes before the key: AWS refuses a key policy that names a role which does not exist.',
    '2. A key: symmetric, customer managed. The first statement of its policy leaves your administrators in charge of ' +
      `it; the last one denies its use for the data of anybody but ${tenant}.`,
    '3. The role’s permission to use this one key.',
    'Choose one of the four ways below. They set up the same.',
    ...fileSection('cli', values, `Save this as \`set-up.sh\` and run \`bash set-up.sh\`. ${again(values)}`),
    ...fileSection('cloudformation', values, withCloudFormation(values)),
    ...fileSection('terraform', values, withTerraform(values)),
    '## By hand, in the AWS console',
    ...byHand(setup, setUp),
    '## Send back',
    sendBack(setUp),
    'AWS may take a few seconds until all of this is in effect. To take the key away again at any time, disable it ' +
      'or remove the role’s permission: the data under it can then no longer be read by the vendor.',
    '',
  ].join('\n\n');
}

function introduction(setup: Source, setUp: SetUp): string {
  return [
    'It takes administrative access to IAM and KMS in the account below. Nothing in here is a secret.',
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

function again({ cmk }: KitValues): string {
  return cmk
    ? 'The key is there already; the policy that it has is kept in a file before it is replaced.'
    : 'It can be run again: it makes no second key.';
}

function withCloudFormation({ region, cmk }: KitValues): string {
  const upload = `Save this as \`template.json\` and upload it in CloudFormation, Create stack, in ${region}.`;
  return cmk
    ? `${upload} It makes the role; put the key policy below on the key by hand afterwards.`
    : `${upload} The key stays if the stack is deleted.`;
}

function withTerraform({ role, cmk }: KitValues): string {
  const apply = 'Save this as `main.tf` in a folder of its own; `terraform init`, then `terraform apply`.';
  return cmk && cmk.accountId !== role.accountId
    ? `${apply} Put the key policy below on the key in account ${cmk.accountId} afterwards.`
    : apply;
}

const languages = { cli: 'sh', cloudformation: 'json', terraform: 'hcl' } as const;

function fileSection(format: Exclude<KitFormat, 'json'>, values: KitValues, words: string): string[] {
  const { text } = kitFile(format, values);
  return [`## With ${kitFormatNames[format]}`, words, fenced(languages[format], text.trimEnd())];
}

function byHand({ tenant }: Source, { policies, keyArn, region, roleName, shape, dataKeyPair }: SetUp): string[] {
  const permission =
    policies.permission ?? permissionPolicy({ keyArn: 'the ARN of the key', tenantId: tenant.id, shape, dataKeyPair });
  return [
    `Create the role ${roleName} with this as its custom trust policy:`,
    fenced('json', policyText(policies.trust)),
    keyArn
      ? `Replace the policy of the key \`${keyArn}\` by this:`
      : `Create a symmetric key for “Encrypt and decrypt” in ${region} with this key policy:`,
    fenced('json', policyText(policies.key)),
    keyArn
      ? 'Give the role this as an inline policy:'
      : 'Give the role this as an inline policy, with the ARN of the key that you have just created in both places:',
    fenced('json', policyText(permission)),
  ];
}

function sendBack({ roleArn, keyArn }: SetUp): string {
  return [
    `- Role ARN: \`${roleArn}\``,
    `- Provider ARN, the key’s ARN: ${keyArn ? `\`${keyArn}\`` : 'as the script prints it or the outputs have it'}`,
  ].join('\n');
}
