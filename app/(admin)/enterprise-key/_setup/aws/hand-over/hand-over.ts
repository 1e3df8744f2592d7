import { permissionPolicy, policyText } from '#lib/byok/aws/policies.ts';
import { type ArtefactValues, oneLine, stackName } from '#lib/byok/aws/setup-artefacts/artefact-values.ts';
import {
  type ArtefactFormat,
  artefactFiles,
  artefactFormatNames,
} from '#lib/byok/aws/setup-artefacts/setup-artefacts.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import type { SetUp } from '../../../_shared/aws/set-up.ts';
import { fenced } from './markdown.ts';
import { revocationSection } from './revocation-section.ts';

type Source = Pick<SetupView, 'tenant' | 'ourIdentity' | 'externalId'>;

/**
 * Everything that an AWS administrator needs, as one Markdown file that asks for no account here: what is set up and why,
 * each way to do it, and what to send back. Every value is in it, but for the ARN of a key that is made by hand.
 */
export function handOver(setup: Source, setUp: SetUp, values: ArtefactValues): string {
  const tenant = oneLine(setup.tenant.name);
  return [
    `# Set up an AWS KMS key for ${tenant}`,
    introduction(setup, setUp),
    '## What is set up, in this order',
    '1. A role. Its trust policy lets the vendor’s service role assume it, and only when it presents the external ID. ' +
      'It comes before the key: AWS refuses a key policy that names a role that does not exist.',
    '2. A key: symmetric, customer managed. The first statement of its policy keeps your administrators in charge ' +
      `of it. The last one denies its use for data other than that of ${tenant}.`,
    '3. The role’s permission to use this one key.',
    'Choose one of the four ways below. They all give the same result.',
    'You can use each of them again after changing your choices. Nothing is deleted, and no second key is created.',
    ...fileSection('cli', values, `Save this as \`set-up.sh\` and run \`bash set-up.sh\`. ${again(values)}`),
    ...fileSection('cloudformation', values, withCloudFormation(values)),
    ...fileSection('terraform', values, withTerraform(values)),
    '## By hand, in the AWS console',
    ...byHand(setup, setUp),
    '## Send back',
    sendBack(setUp),
    'It may take a few seconds until AWS applies all of this.',
    ...revocationSection({
      authMode: 'assume-role',
      oneAccount: setUp.roleAccountId === setUp.keyAccountId,
      keyPrincipal: setUp.shape.keyPrincipal,
    }),
    '',
  ].join('\n\n');
}

function introduction(setup: Source, setUp: SetUp): string {
  return [
    'You need administrative access to IAM and KMS in each account below. Nothing in here is a secret.',
    '',
    '| what | value |',
    '| --- | --- |',
    ...(setUp.roleAccountId === setUp.keyAccountId
      ? [`| AWS account | ${setUp.roleAccountId} |`]
      : [`| AWS account of the role | ${setUp.roleAccountId} |`, `| AWS account of the key | ${setUp.keyAccountId} |`]),
    `| Region of the key | ${setUp.region} |`,
    `| Role to create | ${setUp.roleName} |`,
    `| Service role that will assume it | ${setup.ourIdentity} |`,
    `| External ID that it presents | ${setup.externalId} |`,
  ].join('\n');
}

function again({ role, cmk }: ArtefactValues): string {
  const kept = 'Before it replaces a policy, it says so and saves the old one in a file.';
  return cmk && cmk.accountId !== role.accountId
    ? `Run it in account ${role.accountId}, the role’s, and then again in ${cmk.accountId}, the key’s. ${kept}`
    : `Run it in account ${role.accountId}. ${kept}`;
}

function withCloudFormation(values: ArtefactValues): string {
  const { region, role, cmk } = values;
  const deploy = `aws cloudformation deploy --region ${region} --stack-name ${stackName(values)} --template-file template.json --parameter-overrides file://parameters.json --capabilities CAPABILITY_NAMED_IAM`;
  const upload = `In account ${role.accountId}: save both as \`parameters.json\` and \`template.json\`, and run \`${deploy}\`.`;
  return cmk
    ? `${upload} It creates the role. Afterwards, add the key policy below to the key yourself, in account ${cmk.accountId}.`
    : `${upload} The key stays if the stack is deleted.`;
}

function withTerraform(values: ArtefactValues): string {
  const { role, cmk } = values;
  const { program, parameters } = artefactFiles('terraform', values);
  const apply = `In account ${role.accountId}: save both as \`${parameters?.fileName}\` and \`${program.fileName}\` in their own folder. Run \`terraform init\`, \`terraform plan -out=keyward.tfplan\`, then \`terraform apply keyward.tfplan\`. The plan shows every line of a policy that it will replace: keep it.`;
  return cmk && cmk.accountId !== role.accountId
    ? `${apply} Afterwards, add the key policy below to the key in account ${cmk.accountId}.`
    : apply;
}

const languages = { cli: 'sh', cloudformation: 'json', terraform: 'hcl' } as const;

function fileSection(format: Exclude<ArtefactFormat, 'json'>, values: ArtefactValues, words: string): string[] {
  const { program, parameters } = artefactFiles(format, values);
  return [
    `## With ${artefactFormatNames[format]}`,
    words,
    ...(parameters ? [fenced('json', parameters.text.trimEnd())] : []),
    fenced(languages[format], program.text.trimEnd()),
  ];
}

function byHand({ tenant }: Source, setUp: SetUp): string[] {
  const { policies, keyArn, region, roleName, roleAccountId, keyAccountId, shape, dataKeyPair, more } = setUp;
  const why = (text: string | null) => (text ? [text] : []);
  const permission =
    policies.permission ?? permissionPolicy({ keyArn: 'the ARN of the key', tenantId: tenant.id, shape, dataKeyPair });
  return [
    `In account ${roleAccountId}, create the role ${roleName} with this as its custom trust policy:`,
    ...why(more.trust),
    fenced('json', policyText(policies.trust)),
    keyArn
      ? `In account ${keyAccountId}, replace the policy of the key \`${keyArn}\` with this. Keep a copy of the old one, and add the statements that others need:`
      : `In account ${keyAccountId}, create a symmetric key for “Encrypt and decrypt” in ${region} with this key policy:`,
    ...why(more.key),
    fenced('json', policyText(policies.key)),
    keyArn
      ? `In account ${roleAccountId}, give the role this as an inline policy:`
      : `In account ${roleAccountId}, give the role this as an inline policy. Enter the ARN of the key that you have just created in both places:`,
    ...why(more.permission),
    fenced('json', policyText(permission)),
  ];
}

function sendBack({ roleArn, keyArn }: SetUp): string {
  return [
    `- Role ARN: \`${roleArn}\``,
    `- Provider ARN, the key’s ARN: ${keyArn ? `\`${keyArn}\`` : 'as printed by the script or shown in the outputs'}`,
  ].join('\n');
}
