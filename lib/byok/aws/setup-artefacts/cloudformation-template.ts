import { actionsOf, tenantConditionKey, trustedPrincipal } from '../policies.ts';
import { artefactPolicies, keyPolicyHere, rolesHere } from './artefact-policies.ts';
import {
  type ArtefactValues,
  cmkAliasName,
  cmkDescription,
  keysInUse,
  keyTag,
  permissionPolicyName,
  setUpId,
} from './artefact-values.ts';

/**
 * The template as JSON, which CloudFormation reads as it reads YAML: the same to the byte whatever was chosen. What was chosen
 * are its parameters, `cloudFormationParameters`; free text is the value of one and never part of an expression. Lists
 * are parameters too, with commas between their items. The permission policy is a resource of its own, since it
 * needs the key, which needs the role. A CMK that is there already cannot be taken in.
 *
 * Whether the stack makes a key is `MakeKey`. It is given with the value `yes` or left out, and CloudFormation keeps what it
 * was given before: a stack that made a key goes on having it when the key's ARN has become known. Whatever a stack
 * gives up nevertheless stays in the account (`Retain`).
 */
export function cloudFormationTemplate(): string {
  return `${JSON.stringify(template(), null, 2)}\n`;
}

/** The parameters as a link into the console takes them. */
export function cloudFormationParameters(values: ArtefactValues): Record<string, string> {
  const { role, cmk, shape, dataKeyPair, tenant } = values;
  const { trust } = artefactPolicies(values);
  const [first] = keyPolicyHere(values).Statement.slice(1);
  const also = rolesHere(values);
  const own = shape.keyPrincipal === 'account' ? accountRootIn(values) : role.arn;
  const others = list(first?.Principal?.AWS).filter((arn) => arn !== own);
  return {
    SetUp: setUpId(values),
    RoleName: role.name,
    RolePath: role.path,
    TrustedPrincipals: list(trust.Statement[0]?.Principal?.AWS).join(','),
    ExternalId: values.externalId,
    TenantIds: [...new Set([tenant.id, ...shape.otherTenants])].join(','),
    Actions: actionsOf({ dataKeyPair }).join(','),
    KeyPrincipal: shape.keyPrincipal,
    OtherPrincipals: others.join(','),
    OtherRoleArns: also.join(','),
    PermissionName: permissionPolicyName(values),
    KeyArn: cmk?.arn ?? '',
    OtherKeyArns: keysInUse(values).join(','),
    KeyAlias: cmkAliasName(values),
    KeyDescription: cmkDescription(values),
    ...(cmk ? {} : { MakeKey: 'yes' }),
  };
}

/** The same as a file, as `aws cloudformation deploy --parameter-overrides` and `create-stack --parameters` take it. */
export function cloudFormationParameterFile(values: ArtefactValues): string {
  const entries = Object.entries(cloudFormationParameters(values));
  const file = entries.map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue }));
  return `${JSON.stringify(file, null, 2)}\n`;
}

function accountRootIn({ role: { arn } }: ArtefactValues): string {
  return trustedPrincipal(arn, { trustPrincipal: 'account' });
}

function list(items: string | string[] | undefined): string[] {
  return [items ?? []].flat();
}

function template(): object {
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'Lets Keyward use an AWS KMS key. Version 2.',
    Parameters: parameters,
    Conditions: conditions,
    Resources: resources(),
    Outputs: {
      RoleArn: { Description: 'Paste this into Keyward as Role ARN.', Value: roleArn },
      KeyArn: {
        Description: 'Paste this into Keyward as Provider ARN.',
        Value: either('HasKeyArn', ref('KeyArn'), madeKeyArn),
      },
    },
  };
}

const text = (Description: string, more: object = {}) => ({ Type: 'String', Description, ...more });
const maybe = { Default: '' };
const parameters = {
  SetUp: text('Which key of yours in Keyward this is for.'),
  RoleName: text('Name of the role to create.'),
  RolePath: text('Path of the role.'),
  TrustedPrincipals: text('Who may assume the role: a role of the vendor, or its account.'),
  ExternalId: text('External ID that the vendor has to present. Not a secret.'),
  TenantIds: text('Your organisation in Keyward: the key serves this encryption context only.'),
  Actions: text('What the role may do with the key.'),
  KeyPrincipal: text('Whom the policy of the key names: the role, or its account.', {
    AllowedValues: ['role', 'account'],
  }),
  OtherPrincipals: text('Others that use the key, as its policy names them.', maybe),
  OtherRoleArns: text('Other roles that use the key.', maybe),
  PermissionName: text('Name of the permission policy inside the role.'),
  KeyArn: text('The key that the role may use, where it is there already.', maybe),
  OtherKeyArns: text('Further keys that data still hangs on, until they are safe to retire.', maybe),
  KeyAlias: text('Alias of the key to create.'),
  KeyDescription: text('Description of the key to create.'),
  MakeKey: text('Whether to create a key: auto does where no key is given.', {
    AllowedValues: ['auto', 'yes'],
    Default: 'auto',
  }),
};

const ref = (Ref: string) => ({ Ref });
const condition = (Condition: string) => ({ Condition });
const equals = (parameter: string, value: string) => ({ 'Fn::Equals': [ref(parameter), value] });
const either = (name: string, yes: unknown, no: unknown) => ({ 'Fn::If': [name, yes, no] });
const nothing = ref('AWS::NoValue');
const items = (parameter: string) => ({ 'Fn::Split': [',', ref(parameter)] });
/** One list of what is always there and of what a parameter lists, if it lists anything. */
const listOf = (...parts: unknown[]) => ({ 'Fn::Split': [',', { 'Fn::Join': [',', parts] }] });

const conditions = {
  HasKeyArn: { 'Fn::Not': [equals('KeyArn', '')] },
  HasOtherKeys: { 'Fn::Not': [equals('OtherKeyArns', '')] },
  MakesKey: { 'Fn::Or': [equals('MakeKey', 'yes'), equals('KeyArn', '')] },
  KeyNamesAccount: equals('KeyPrincipal', 'account'),
  HasOtherPrincipals: { 'Fn::Not': [equals('OtherPrincipals', '')] },
  HasOtherRoles: { 'Fn::Not': [equals('OtherRoleArns', '')] },
};

const roleArn = { 'Fn::GetAtt': ['Role', 'Arn'] };
const madeKeyArn = { 'Fn::GetAtt': ['Key', 'Arn'] };
// biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own, filled in by it
const accountRoot = { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' };
const keeps = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };

function resources(): Record<string, object> {
  return {
    Role: {
      Type: 'AWS::IAM::Role',
      // Under another name it would be another role: the one that is in use stays.
      UpdateReplacePolicy: 'Retain',
      Properties: { RoleName: ref('RoleName'), Path: ref('RolePath'), AssumeRolePolicyDocument: trust },
    },
    Key: {
      Type: 'AWS::KMS::Key',
      ...condition('MakesKey'),
      // Whoever deletes the stack must not delete the key with it: the data under it would be lost.
      ...keeps,
      Properties: {
        Description: ref('KeyDescription'),
        KeyPolicy: keyPolicy,
        Tags: [{ Key: keyTag, Value: ref('SetUp') }],
      },
    },
    Alias: {
      Type: 'AWS::KMS::Alias',
      ...condition('MakesKey'),
      ...keeps,
      Properties: { AliasName: ref('KeyAlias'), TargetKeyId: ref('Key') },
    },
    RolePermission: {
      Type: 'AWS::IAM::RolePolicy',
      UpdateReplacePolicy: 'Retain',
      Properties: { RoleName: ref('Role'), PolicyName: ref('PermissionName'), PolicyDocument: permission },
    },
  };
}

// The policies of `policies.ts` with references in place of values; the tests hold the two against each other.

const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const tenants = { [tenantConditionKey]: items('TenantIds') };

const trust = policy({
  Sid: 'KeywardAssumesThisRole',
  Effect: 'Allow',
  Principal: { AWS: items('TrustedPrincipals') },
  Action: 'sts:AssumeRole',
  Condition: { StringEquals: { 'sts:ExternalId': ref('ExternalId') } },
});

const allowed = {
  AWS: listOf(
    either('KeyNamesAccount', accountRoot, roleArn),
    either('HasOtherPrincipals', ref('OtherPrincipals'), nothing),
  ),
};

const keyPolicy = policy(
  {
    Sid: 'EnableIAMUserPermissions',
    Effect: 'Allow',
    Principal: { AWS: accountRoot },
    Action: 'kms:*',
    Resource: '*',
  },
  { Sid: 'KeywardDescribesThisKey', Effect: 'Allow', Principal: allowed, Action: 'kms:DescribeKey', Resource: '*' },
  {
    Sid: 'KeywardUsesThisKey',
    Effect: 'Allow',
    Principal: allowed,
    Action: items('Actions'),
    Resource: '*',
    Condition: { StringEquals: tenants },
  },
  {
    Sid: 'KeywardOnlyInThisContext',
    Effect: 'Deny',
    Principal: allowed,
    Action: items('Actions'),
    Resource: '*',
    Condition: {
      StringNotEquals: tenants,
      ArnEquals: either(
        'KeyNamesAccount',
        { 'aws:PrincipalArn': listOf(roleArn, either('HasOtherRoles', ref('OtherRoleArns'), nothing)) },
        nothing,
      ),
    },
  },
);

const keys = listOf(
  either('MakesKey', madeKeyArn, nothing),
  either('HasKeyArn', ref('KeyArn'), nothing),
  either('HasOtherKeys', ref('OtherKeyArns'), nothing),
);

const permission = policy(
  { Sid: 'KeywardDescribesThisKey', Effect: 'Allow', Action: 'kms:DescribeKey', Resource: keys },
  {
    Sid: 'KeywardUsesThisKey',
    Effect: 'Allow',
    Action: items('Actions'),
    Resource: keys,
    Condition: { StringEquals: tenants },
  },
);
