import { kitPolicies, trustedBy, trustedWords, withReferences } from './kit-policies.ts';
import { cmkAliasName, cmkDescription, type KitValues, oneLine, permissionPolicyName } from './kit-values.ts';

/**
 * The template as JSON, which CloudFormation reads as it reads YAML. Free text is the default of a parameter and never
 * part of an expression. The permission policy is a resource of its own, since it needs the key, which needs the role.
 * A CMK that is there already cannot be taken in: then the template has the role alone.
 */
export function cloudFormationTemplate(values: KitValues): string {
  const template = {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: oneLine(`Lets Keyward use an AWS KMS key of ${values.tenant.name}`).slice(0, 1_000),
    Parameters: parameters(values),
    Resources: resources(values),
    Outputs: {
      RoleArn: { Description: 'Paste this into Keyward as Role ARN.', Value: roleArn },
      KeyArn: { Description: 'Paste this into Keyward as Provider ARN.', Value: keyArn(values) },
    },
  };
  return `${JSON.stringify(template, null, 2)}\n`;
}

/** The parameters with this tenant's values, as a link into the console takes them. */
export function cloudFormationParameters(values: KitValues): Record<string, string> {
  return Object.fromEntries(Object.entries(parameters(values)).map(([name, { Default }]) => [name, Default]));
}

type Parameter = { Type: 'String'; Description: string; Default: string };

function parameters(values: KitValues): Record<string, Parameter> {
  const { role, cmk } = values;
  const parameter = (Description: string, Default: string): Parameter => ({ Type: 'String', Description, Default });
  return {
    RoleName: parameter('Name of the role to create.', role.name),
    RolePath: parameter('Path of the role.', role.path),
    ServiceRoleArn: parameter(trustedWords(values), trustedBy(values)),
    ExternalId: parameter('External ID that the vendor has to present. Not a secret.', values.externalId),
    TenantId: parameter('Your organisation in Keyward: the key serves this encryption context only.', values.tenant.id),
    ...(cmk
      ? { KeyArn: parameter('The key that the role may use.', cmk.arn) }
      : {
          KeyAlias: parameter('Alias of the key to create.', cmkAliasName(values)),
          KeyDescription: parameter('Description of the key to create.', cmkDescription(values)),
        }),
  };
}

const roleArn = { 'Fn::GetAtt': ['Role', 'Arn'] };

function keyArn({ cmk }: KitValues): object {
  return cmk ? { Ref: 'KeyArn' } : { 'Fn::GetAtt': ['Key', 'Arn'] };
}

function resources(values: KitValues): Record<string, object> {
  const { trust, key, permission } = policies(values);
  return {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: { RoleName: { Ref: 'RoleName' }, Path: { Ref: 'RolePath' }, AssumeRolePolicyDocument: trust },
    },
    ...(values.cmk
      ? {}
      : {
          Key: {
            Type: 'AWS::KMS::Key',
            // Whoever deletes the stack must not delete the key with it: the data under it would be lost.
            DeletionPolicy: 'Retain',
            UpdateReplacePolicy: 'Retain',
            Properties: { Description: { Ref: 'KeyDescription' }, KeyPolicy: key },
          },
          Alias: {
            Type: 'AWS::KMS::Alias',
            Properties: { AliasName: { Ref: 'KeyAlias' }, TargetKeyId: { Ref: 'Key' } },
          },
        }),
    RolePermission: {
      Type: 'AWS::IAM::RolePolicy',
      Properties: { RoleName: { Ref: 'Role' }, PolicyName: permissionPolicyName, PolicyDocument: permission },
    },
  };
}

/** The policies with references in place of values: to the parameters, and to what the stack makes. */
function policies(values: KitValues): Record<'trust' | 'key' | 'permission', unknown> {
  const marks = {
    trusted: '@ServiceRoleArn',
    externalId: '@ExternalId',
    tenantId: '@TenantId',
    roleArn: '@Role',
    keyArn: '@Key',
    accountId: '@Account',
  };
  // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own, filled in by it
  const root = { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' };
  const references = new Map<string, unknown>([
    [marks.trusted, { Ref: 'ServiceRoleArn' }],
    [marks.externalId, { Ref: 'ExternalId' }],
    [marks.tenantId, { Ref: 'TenantId' }],
    [marks.roleArn, roleArn],
    [marks.keyArn, keyArn(values)],
    [`arn:${values.partition}:iam::${marks.accountId}:root`, root],
  ]);
  const { trust, key, permission } = kitPolicies(values, marks);
  return {
    trust: withReferences(trust, references),
    key: withReferences(key, references),
    permission: withReferences(permission, references),
  };
}
