/**
 * For tests: does with a CloudFormation template what CloudFormation would, for the resources and functions that the kit
 * uses, and refuses everything else. References decide the order.
 */
import type { Administrator } from './aws-administrator.ts';

type Json = Record<string, unknown>;
type Template = {
  Parameters: Record<string, { Default: string }>;
  Resources: Record<string, { Type: string; Properties: Json; DeletionPolicy?: string }>;
  Outputs: Record<string, { Value: unknown }>;
};
/** What `Ref` and `Fn::GetAtt` answer for a resource that has been made. */
type Made = { ref: string; arn: string };

export async function applyTemplate(text: string, administrator: Administrator): Promise<Record<string, string>> {
  const template = JSON.parse(text) as Template;
  const made = new Map<string, Made>();
  const open = new Map(Object.entries(template.Resources));
  while (open.size > 0) {
    const ready = [...open].find(([, { Properties }]) => [...referred(Properties)].every((name) => !open.has(name)));
    if (!ready) throw new Error(`circular: ${[...open.keys()]}`);
    const [name, { Type, Properties }] = ready;
    const make = makers[Type];
    if (!make) throw new Error(`nobody taught the interpreter ${Type}`);
    made.set(name, await make(resolve(Properties, template, made, administrator.accountId) as Json, administrator));
    open.delete(name);
  }
  const values = Object.entries(template.Outputs).map(([name, { Value }]) => [
    name,
    String(resolve(Value, template, made, administrator.accountId)),
  ]);
  return Object.fromEntries(values);
}

const makers: Record<string, (properties: Json, administrator: Administrator) => Promise<Made>> = {
  'AWS::IAM::Role': async ({ RoleName, Path, AssumeRolePolicyDocument, ...rest }, administrator) => {
    nothingElse(rest);
    const PolicyText = JSON.stringify(AssumeRolePolicyDocument);
    const { Role } = await administrator.call('iam create-role', {
      RoleName,
      Path,
      AssumeRolePolicyDocument: PolicyText,
    });
    return { ref: String(RoleName), arn: (Role as { Arn: string }).Arn };
  },
  'AWS::IAM::RolePolicy': async ({ RoleName, PolicyName, PolicyDocument, ...rest }, administrator) => {
    nothingElse(rest);
    await administrator.call('iam put-role-policy', {
      RoleName,
      PolicyName,
      PolicyDocument: JSON.stringify(PolicyDocument),
    });
    return { ref: String(PolicyName), arn: '' };
  },
  'AWS::KMS::Key': async ({ Description, KeyPolicy, ...rest }, administrator) => {
    nothingElse(rest);
    const Policy = JSON.stringify(KeyPolicy);
    const { KeyMetadata } = await administrator.call('kms create-key', { Description, Policy });
    const { KeyId, Arn } = KeyMetadata as Record<string, string>;
    return { ref: KeyId ?? '', arn: Arn ?? '' };
  },
  'AWS::KMS::Alias': async ({ AliasName, TargetKeyId, ...rest }, administrator) => {
    nothingElse(rest);
    await administrator.call('kms create-alias', { AliasName, TargetKeyId });
    return { ref: String(AliasName), arn: '' };
  },
};

function nothingElse(rest: Json): void {
  const names = Object.keys(rest);
  if (names.length > 0) throw new Error(`nobody taught the interpreter ${names}`);
}

function resolve(part: unknown, template: Template, made: ReadonlyMap<string, Made>, accountId: string): unknown {
  if (typeof part === 'string' && part.includes('{{resolve:')) throw new Error(`a dynamic reference: ${part}`);
  if (Array.isArray(part)) return part.map((item) => resolve(item, template, made, accountId));
  if (typeof part !== 'object' || part === null) return part;
  const [[name, value] = ['', undefined], ...more] = Object.entries(part);
  if (more.length === 0 && name === 'Ref') {
    const given = template.Parameters[String(value)]?.Default ?? made.get(String(value))?.ref;
    if (given === undefined || given.includes('{{resolve:')) throw new Error(`Ref ${value} gives ${given}`);
    return given;
  }
  if (more.length === 0 && name === 'Fn::GetAtt') {
    const [resource, attribute] = value as string[];
    if (attribute !== 'Arn') throw new Error(`nobody taught the interpreter ${attribute}`);
    return made.get(resource ?? '')?.arn;
  }
  if (more.length === 0 && name === 'Fn::Sub') {
    const pseudo: Record<string, string> = { 'AWS::Partition': 'aws', 'AWS::AccountId': accountId };
    return String(value).replace(/\$\{([^}]+)\}/g, (_, variable: string) => pseudo[variable] ?? `?${variable}?`);
  }
  return Object.fromEntries(
    Object.entries(part).map(([key, inner]) => [key, resolve(inner, template, made, accountId)]),
  );
}

/** Names of the resources that something refers to. */
function referred(part: unknown): Set<string> {
  const names = new Set<string>();
  JSON.stringify(part, (key, value) => {
    if (key === 'Ref') names.add(value);
    if (key === 'Fn::GetAtt') names.add(value[0]);
    return value;
  });
  return names;
}
