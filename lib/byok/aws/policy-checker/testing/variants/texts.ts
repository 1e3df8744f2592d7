import { policyText } from '../../../policies.ts';
import type { PolicyCase } from '../../policy-cases.ts';
import type { PolicyKind } from '../../policy-shape.ts';
import { roleArn } from '../statements.ts';
import {
  allow,
  bare,
  describes,
  keyStatements,
  role,
  text,
  trusts,
  uses,
  variable,
  variant,
  withoutDeny,
} from './build.ts';

const trust = text(trusts);
const permission = text(describes, uses);
const key = text(...keyStatements);
const plain = (document: string) => JSON.stringify(JSON.parse(document));

const wrapped = (name: string, pasted: string, recognised: PolicyKind): PolicyCase =>
  variant('recognise', `Wrapped: ${name}`, pasted, 'sound', { recognised });
const none = (name: string, pasted: string, ...says: string[]): PolicyCase =>
  variant('recognise', `No policy: ${name}`, pasted, 'unreadable', { says });
const refused = (kind: PolicyKind, name: string, pasted: string, ...says: string[]): PolicyCase =>
  variant(kind, name, pasted, 'refused-by-aws', { says });
const recognised = (name: string, statement: object, kind: PolicyKind, verdict: PolicyCase['expect']['verdict']) =>
  variant('recognise', `Recognised: ${name}`, text(statement), verdict, { recognised: kind });
const denies = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    Effect: 'Deny',
    Action: `s3:Delete${at}`,
    Resource: 'arn:aws:s3:::a-bucket-with-a-long-name/*',
  }));

/** What a policy is wrapped in, what is none, and what AWS refuses of the whole. */
export const textVariants: PolicyCase[] = [
  wrapped(
    'get-role as the interface answers',
    JSON.stringify({ Role: { AssumeRolePolicyDocument: encodeURIComponent(trust) } }),
    'trust',
  ),
  wrapped(
    'get-policy-version, encoded',
    JSON.stringify({ PolicyVersion: { Document: encodeURIComponent(plain(permission)) } }),
    'permission',
  ),
  wrapped(
    'XML of IAM',
    `<Role><AssumeRolePolicyDocument>${encodeURIComponent(plain(trust))}</AssumeRolePolicyDocument></Role>`,
    'trust',
  ),
  wrapped('a string in a string', JSON.stringify(JSON.stringify(plain(key))), 'key'),
  wrapped('the inside of a string', JSON.stringify(permission).slice(1, -1), 'permission'),
  wrapped(
    'an event of CloudTrail',
    policyText({ eventName: 'PutKeyPolicy', requestParameters: { policy: plain(key) } }),
    'key',
  ),
  wrapped('Markdown', `\`\`\`json\n${trust}\n\`\`\`\n`, 'trust'),
  wrapped('a command', `aws iam put-role-policy --policy-document '${plain(permission)}'`, 'permission'),
  wrapped('Terraform with the JSON in it', `resource "aws_kms_key" "k" {\n  policy = <<EOF\n${key}\nEOF\n}\n`, 'key'),
  wrapped(
    'CloudFormation in JSON',
    policyText({ Resources: { Key: { Properties: { KeyPolicy: JSON.parse(key) } } } }),
    'key',
  ),
  wrapped('statements without brackets', `${policyText(describes)},\n${policyText(uses)},`, 'permission'),
  wrapped('one statement', policyText(trusts), 'trust'),
  wrapped('the inside of the braces', trust.slice(1, -1), 'trust'),
  wrapped(
    'a plan of Terraform',
    JSON.stringify({ resource_changes: [{ change: { after: { assume_role_policy: plain(trust) } } }] }),
    'trust',
  ),
  wrapped('a byte order mark', `\ufeff${trust}`, 'trust'),
  wrapped('line ends of Windows', key.replaceAll('\n', '\r\n'), 'key'),
  wrapped('encoded as a form does', encodeURIComponent(trust).replaceAll('%20', '+'), 'trust'),
  wrapped('YAML with the policy on one line', `Policy: ${JSON.stringify(key)}\nPolicyName: default\n`, 'key'),
  wrapped(
    'YAML with the policy as a block',
    `Policy: |-\n  ${key.replaceAll('\n', '\n  ')}\nPolicyName: default\n`,
    'key',
  ),
  wrapped('behind the command that gave it', `$ aws kms get-key-policy --key-id k --output text\n${key}\n$ `, 'key'),
  variant(
    'recognise',
    'Wrapped: get-key-policy without the Deny',
    policyText({ Policy: text(...withoutDeny) }),
    'wide',
    { recognised: 'key', keeps: ['KeywardUsesThisKey'] },
  ),
  variant(
    'trust',
    'Wrapped: several, one of which is of the kind',
    policyText({ a: JSON.parse(trust), b: plain(permission) }),
    'sound',
  ),
  none('several', policyText({ a: JSON.parse(trust), b: plain(permission) }), '2 policies'),
  none('Terraform’s module', 'module "key" {\n  source = "terraform-aws-modules/kms/aws"\n}\n', 'Terraform'),
  none('jsonencode', 'locals {\n  policy = jsonencode({ Version = "2012-10-17" })\n}', 'Terraform'),
  none(
    'YAML of CloudFormation',
    'AWSTemplateFormatVersion: "2010-09-09"\nResources:\n  Key:\n    Type: AWS::KMS::Key\n',
    'YAML',
  ),
  none('a list in YAML', '- Effect: Allow\n  Action: sts:AssumeRole\n', 'YAML'),
  none('an ARN', roleArn, 'ARN'),
  none('a command that asks', 'aws kms get-key-policy --key-id abc', 'command'),
  none('Python', "{'Version': '2012-10-17', 'Statement': []}", 'Python'),
  none('a program', 'new iam.PolicyStatement({ effect: iam.Effect.ALLOW })', 'code'),
  none('an error', 'An error occurred (AccessDenied) when calling the GetRole operation', 'error'),
  none(
    'the CLI’s output as text',
    'ROLE\tarn:aws:iam::111122223333:role/A\nSTATEMENT\tsts:AssumeRole\tAllow\n',
    '--output json',
  ),
  none('XML', '<?xml version="1.0"?><a/>', 'XML'),
  none('JSON', JSON.stringify({ KeyMetadata: { KeyId: 'a' } }), 'no Statement'),
  none(
    'a template with functions',
    text({ ...keyStatements[0], Principal: { AWS: { 'Fn::Sub': 'x' } } }),
    'CloudFormation',
  ),
  none('narrow no-break spaces', trust.replaceAll('  ', '\u202f\u202f'), 'U+202F'),
  none('a soft hyphen', trust.replace('"Effect"', '\u00ad"Effect"'), 'soft hyphen'),
  none('a word joiner', trust.replace('"Allow"', '"Allow"\u2060'), 'U+2060'),
  none('curly quotation marks', trust.replace('"Effect"', '“Effect”'), 'quotation'),
  refused('trust', 'A Sid with a hyphen', text({ ...trusts, Sid: 'keyward-assumes' }), 'Sid'),
  refused('permission', 'One Sid twice', text({ ...describes, Sid: 'A' }, { ...uses, Sid: 'A' }), 'Sid'),
  refused(
    'trust',
    'Asking who one is',
    text({ ...trusts, Action: ['sts:AssumeRole', 'sts:GetCallerIdentity'] }),
    'sts:GetCallerIdentity',
  ),
  refused(
    'permission',
    'A space behind an action',
    text(describes, { ...uses, Action: ['kms:Encrypt ', 'kms:Decrypt', 'kms:GenerateDataKey'] }),
    'kms:Encrypt',
  ),
  refused('permission', 'Resource and NotResource', text(describes, { ...uses, NotResource: '*' }), 'Resource'),
  refused('trust', 'Effect in small letters', text({ ...bare(trusts), Effect: 'allow' }), 'Effect'),
  refused('key', 'Statement in small letters', key.replace('"Statement"', '"statement"'), 'statement'),
  refused(
    'key',
    'A comment beside the statements',
    key.replace('"Version"', '"Comment": "ours", "Version"'),
    'Comment',
  ),
  refused(
    'key',
    'An account as a number',
    text({ ...keyStatements[0], Principal: { AWS: 111122223333 } }, ...keyStatements.slice(1)),
    'Principal',
  ),
  refused('permission', 'A Version that never was', permission.replace('2012-10-17', '2012-10-18'), 'Version'),
  refused(
    'key',
    'A picture in a Sid',
    text(...keyStatements, allow('Key 🔑', role('KeyAdmin'), 'kms:PutKeyPolicy')),
    'U+1F511',
  ),
  refused(
    'trust',
    'A Polish letter',
    text({ ...trusts, Condition: { ...trusts.Condition, StringLike: { 'aws:PrincipalTag/city': 'Łódź' } } }),
    'U+0141',
  ),
  refused('key', '33 kB by white space', `${key.slice(0, -1)}${' '.repeat(33_000)}}`, 'bytes'),
  refused(
    'key',
    'Ten times too long',
    text(
      ...keyStatements,
      ...Array.from({ length: 3_000 }, (_, at) => allow(`A${at}`, role(`App${at}`), 'kms:Decrypt')),
    ),
    'too long',
  ),
  refused('permission', '14,000 characters', text(describes, uses, ...denies(160)), '10,240'),
  variant('permission', '8,000 characters', text(describes, uses, ...denies(80)), 'risk', { says: ['6,144'] }),
  variant('trust', 'Long by white space', trust.replaceAll('\n', `\n${' '.repeat(3_000)}`), 'sound'),
  variant('key', 'No Version', JSON.stringify({ Statement: keyStatements }, null, 2), 'sound'),
  variant(
    'permission',
    'A variable before there were any',
    text(describes, uses, {
      Effect: 'Deny',
      Action: 'kms:*',
      Resource: '*',
      Condition: { StringNotEquals: { 'aws:ResourceAccount': variable('aws:PrincipalAccount') } },
    }).replace('2012-10-17', '2008-10-17'),
    'fails',
  ),
  recognised(
    'people',
    {
      Effect: 'Allow',
      Principal: { Federated: 'arn:aws:iam::111122223333:saml-provider/Corp' },
      Action: 'sts:AssumeRoleWithSAML',
    },
    'trust',
    'fails',
  ),
  recognised(
    'a bucket for whoever holds it',
    { Effect: 'Allow', Action: 's3:*', Resource: '*' },
    'permission',
    'fails',
  ),
  recognised('AWS’s own key policy', { ...keyStatements[0], Sid: 'Enable IAM User Permissions' }, 'key', 'wide'),
  recognised(
    'a Deny of deletion',
    { Effect: 'Deny', Principal: '*', Action: 'kms:ScheduleKeyDeletion', Resource: '*' },
    'key',
    'fails',
  ),
  recognised(
    'every role but one',
    { Effect: 'Allow', Action: 'sts:AssumeRole', NotResource: 'arn:aws:iam::111122223333:role/Admin' },
    'permission',
    'fails',
  ),
];
