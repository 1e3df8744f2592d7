import type { PolicyDocument, PolicyStatement } from '../policies.ts';
import { kitPolicies, trustedBy, trustedWords } from './kit-policies.ts';
import { cmkAliasName, cmkDescription, type KitValues, oneLine, permissionPolicyName } from './kit-values.ts';

/**
 * One file of HCL that can be applied as it stands. Free text is the default of a variable. A CMK that is there already
 * gets its policy by a resource of its own; in another account it is out of this module's reach.
 */
export function terraformModule(values: KitValues): string {
  const { role, cmk } = values;
  const policies = kitPolicies(values, marks);
  const elsewhere = cmk !== null && cmk.accountId !== role.accountId;
  return `${[
    heading(values, elsewhere),
    settings,
    ...variables(values),
    provider,
    policyData('trust', policies.trust, values),
    roleResource,
    ...(elsewhere ? [] : [policyData('key', policies.key, values), cmk ? givenKeyResource : newKeyResources]),
    policyData('permission', policies.permission, values),
    permissionResource,
    output('role_arn', 'Paste this into Keyward as Role ARN.', 'aws_iam_role.keyward.arn'),
    output('key_arn', 'Paste this into Keyward as Provider ARN.', keyArn(values)),
  ].join('\n\n')}\n`;
}

/** Stand in the policies where the module refers to a variable or to something that it makes. */
const marks = {
  trusted: '@service_role_arn',
  externalId: '@external_id',
  tenantId: '@tenant_id',
  roleArn: '@role',
  keyArn: '@key',
  accountId: '@account',
};

function heading({ tenant, key, cmk }: KitValues, elsewhere: boolean): string {
  const lines = [
    `Lets Keyward use an AWS KMS key of ${oneLine(tenant.name)} (${oneLine(key.alias) || 'no alias'}).`,
    'Apply it as it stands, or take it in as a module. Nothing in here is a secret.',
    ...(elsewhere
      ? [`The key is in account ${cmk?.accountId}: put the key policy that Keyward shows on it there, after this.`]
      : []),
  ];
  return lines.map((line) => `# ${line}`).join('\n');
}

const settings = `terraform {
  required_version = ">= 1.3"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}`;

function variables(values: KitValues): string[] {
  const { role, cmk } = values;
  const variable = (name: string, description: string, value: string) =>
    `variable "${name}" {\n  type        = string\n  description = ${hclString(description)}\n  default     = ${hclString(value)}\n}`;
  return [
    variable('region', 'Region of the key.', values.region),
    variable('account_id', 'The only account that this may be applied in.', role.accountId),
    variable('role_name', 'Name of the role to create.', role.name),
    variable('role_path', 'Path of the role.', role.path),
    variable('service_role_arn', trustedWords(values), trustedBy(values)),
    variable('external_id', 'External ID that the vendor has to present. Not a secret.', values.externalId),
    variable(
      'tenant_id',
      'Your organisation in Keyward: the key serves this encryption context only.',
      values.tenant.id,
    ),
    ...(cmk
      ? [variable('key_arn', 'The key that the role may use.', cmk.arn)]
      : [
          variable('key_alias', 'Alias of the key to create.', cmkAliasName(values)),
          variable('key_description', 'Description of the key to create.', cmkDescription(values)),
        ]),
  ];
}

const provider = `provider "aws" {
  region              = var.region
  allowed_account_ids = [var.account_id]
}`;

const roleResource = `resource "aws_iam_role" "keyward" {
  name               = var.role_name
  path               = var.role_path
  assume_role_policy = data.aws_iam_policy_document.trust.json
}`;

const newKeyResources = `resource "aws_kms_key" "keyward" {
  description = var.key_description
  policy      = data.aws_iam_policy_document.key.json

  # The data under a key is lost with it.
  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_kms_alias" "keyward" {
  name          = var.key_alias
  target_key_id = aws_kms_key.keyward.key_id
}`;

const givenKeyResource = `resource "aws_kms_key_policy" "keyward" {
  key_id = var.key_arn
  policy = data.aws_iam_policy_document.key.json
}`;

const permissionResource = `resource "aws_iam_role_policy" "keyward" {
  name   = "${permissionPolicyName}"
  role   = aws_iam_role.keyward.name
  policy = data.aws_iam_policy_document.permission.json
}`;

function output(name: string, description: string, value: string): string {
  return `output "${name}" {\n  description = ${hclString(description)}\n  value       = ${value}\n}`;
}

function policyData(name: string, { Statement }: PolicyDocument, values: KitValues): string {
  const statements = Statement.map((statement) => indent(statementBlock(statement, values)));
  return `data "aws_iam_policy_document" "${name}" {\n${statements.join('\n\n')}\n}`;
}

function statementBlock(statement: PolicyStatement, values: KitValues): string {
  const { Sid, Effect, Principal, Action, Resource, Condition } = statement;
  const refer = (text: string) => reference(text, values);
  const list = (items: string | readonly string[]) => `[${[items].flat().map(refer).join(', ')}]`;
  const conditions = Object.entries(Condition ?? {}).flatMap(([test, keys]) =>
    Object.entries(keys).map(
      ([variable, value]) =>
        `condition {\n  test     = ${hclString(test)}\n  variable = ${hclString(variable)}\n  values   = ${list(value)}\n}`,
    ),
  );
  const lines = [
    `sid = ${hclString(Sid)}`,
    `effect = ${hclString(Effect)}`,
    `actions = ${list(Action)}`,
    ...(Resource === undefined ? [] : [`resources = ${list(Resource)}`]),
  ];
  const blocks = [
    ...(Principal ? [`principals {\n  type        = "AWS"\n  identifiers = ${list(Principal.AWS)}\n}`] : []),
    ...conditions,
  ];
  return `statement {\n${[aligned(lines), ...blocks].map(indent).join('\n\n')}\n}`;
}

/** A value as HCL: what is a mark becomes a reference, everything else a string. */
function reference(text: string, values: KitValues): string {
  const references: Record<string, string> = {
    [marks.trusted]: 'var.service_role_arn',
    [marks.externalId]: 'var.external_id',
    [marks.tenantId]: 'var.tenant_id',
    [marks.roleArn]: 'aws_iam_role.keyward.arn',
    [marks.keyArn]: keyArn(values),
    [`arn:${values.partition}:iam::${marks.accountId}:root`]: `"arn:${values.partition}:iam::\${var.account_id}:root"`,
  };
  return references[text] ?? hclString(text);
}

function keyArn({ cmk }: KitValues): string {
  return cmk ? 'var.key_arn' : 'aws_kms_key.keyward.arn';
}

/**
 * A string of HCL, whatever is in it. What would begin a template (a dollar or percent sign before a brace) is written
 * by its number. https://developer.hashicorp.com/terraform/language/expressions/strings
 */
export function hclString(text: string): string {
  const escaped = text
    .replace(/[\\"]/g, '\\$&')
    .replace(/[$%]+(?=\{)/g, (signs) => [...signs].map(byNumber).join(''))
    .replace(/[\p{Cc}\u2028\u2029]/gu, byNumber);
  return `"${escaped}"`;
}

function byNumber(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** As `terraform fmt` has it: the equals signs of neighbouring lines stand below each other. */
function aligned(lines: readonly string[]): string {
  const names = lines.map((line) => line.slice(0, line.indexOf(' =')));
  const width = Math.max(...names.map((name) => name.length));
  return lines.map((line, at) => (names[at] ?? '').padEnd(width) + line.slice((names[at] ?? '').length)).join('\n');
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}
