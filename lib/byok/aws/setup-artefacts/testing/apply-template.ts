/**
 * For tests: does with a CloudFormation template what CloudFormation would, for the resources and functions that the artefacts
 * uses, and refuses everything else. References decide the order. A stack that is updated keeps the values of parameters
 * that are not given anew, and whatever its template no longer wants is given up, which is allowed with `Retain` only.
 */
import type { Administrator } from './aws-administrator.ts';

type Json = Record<string, unknown>;
type Resource = {
  Type: string;
  Properties: Json;
  Condition?: string;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
};
export type Template = {
  Parameters: Record<string, { Default?: string; AllowedValues?: string[] }>;
  Conditions: Record<string, unknown>;
  Resources: Record<string, Resource>;
  Outputs: Record<string, { Value: unknown }>;
};
/** What `Ref` and `Fn::GetAtt` answer for a resource that has been made. */
type Made = { ref: string; arn: string };
export type Stack = { parameters: Record<string, string>; made: Map<string, Made>; outputs: Record<string, string> };

type Scope = {
  template: Template;
  parameters: Record<string, string>;
  made: ReadonlyMap<string, Made>;
  accountId: string;
};

export async function applyTemplate(
  text: string,
  given: Record<string, string>,
  administrator: Administrator,
  before?: Stack,
): Promise<Stack> {
  const template = JSON.parse(text) as Template;
  const parameters = parametersOf(template, { ...before?.parameters, ...given });
  const made = new Map(before?.made);
  const scope: Scope = { template, parameters, made, accountId: administrator.accountId };
  const wanted = Object.entries(template.Resources).filter(
    ([, { Condition }]) => !Condition || holds(Condition, scope),
  );
  for (const name of made.keys()) {
    if (wanted.some(([one]) => one === name)) continue;
    if (template.Resources[name]?.DeletionPolicy !== 'Retain') throw new Error(`${name} would be deleted`);
    made.delete(name);
  }
  const open = new Map(wanted);
  while (open.size > 0) {
    const ready = [...open].find(([, { Properties }]) =>
      [...referred(Properties, scope)].every((name) => !open.has(name)),
    );
    if (!ready) throw new Error(`circular: ${[...open.keys()]}`);
    const [name, { Type, Properties }] = ready;
    const make = makers[Type];
    if (!make) throw new Error(`nobody taught the interpreter ${Type}`);
    made.set(name, await make(resolve(Properties, scope) as Json, administrator, made.get(name)));
    open.delete(name);
  }
  const outputs = Object.entries(template.Outputs).map(([name, { Value }]) => [name, String(resolve(Value, scope))]);
  return { parameters, made, outputs: Object.fromEntries(outputs) };
}

/** The three policies that a template has for these parameters, once role and key are known, without making anything. */
export function policiesOf(
  text: string,
  given: Record<string, string>,
  known: { roleArn: string; keyArn: string; accountId: string },
): { trust: unknown; key: unknown; permission: unknown } {
  const template = JSON.parse(text) as Template;
  const made = new Map<string, Made>([
    ['Role', { ref: 'role', arn: known.roleArn }],
    ['Key', { ref: 'key', arn: known.keyArn }],
  ]);
  const scope: Scope = { template, parameters: parametersOf(template, given), made, accountId: known.accountId };
  const property = (resource: string, name: string) => resolve(template.Resources[resource]?.Properties[name], scope);
  return {
    trust: property('Role', 'AssumeRolePolicyDocument'),
    key: property('Key', 'KeyPolicy'),
    permission: property('RolePermission', 'PolicyDocument'),
  };
}

function parametersOf({ Parameters }: Template, given: Record<string, string>): Record<string, string> {
  for (const name of Object.keys(given)) if (!Parameters[name]) throw new Error(`no parameter is called ${name}`);
  return Object.fromEntries(
    Object.entries(Parameters).map(([name, { Default, AllowedValues }]) => {
      const value = given[name] ?? Default;
      if (value === undefined) throw new Error(`the parameter ${name} has no value`);
      if (AllowedValues && !AllowedValues.includes(value)) throw new Error(`${name} may not be ${value}`);
      if (value.includes('{{resolve:')) throw new Error(`a dynamic reference: ${value}`);
      return [name, value];
    }),
  );
}

type Maker = (properties: Json, administrator: Administrator, before: Made | undefined) => Promise<Made>;
const makers: Record<string, Maker> = {
  'AWS::IAM::Role': async ({ RoleName, Path, AssumeRolePolicyDocument, ...rest }, administrator, before) => {
    nothingElse(rest);
    const document = JSON.stringify(AssumeRolePolicyDocument);
    if (before?.ref === RoleName) {
      await administrator.call('iam update-assume-role-policy', { RoleName, PolicyDocument: document });
      return before as Made;
    }
    const input = { RoleName, Path, AssumeRolePolicyDocument: document };
    const { Role } = await administrator.call('iam create-role', input);
    return { ref: String(RoleName), arn: (Role as { Arn: string }).Arn };
  },
  'AWS::IAM::RolePolicy': async ({ RoleName, PolicyName, PolicyDocument, ...rest }, administrator) => {
    nothingElse(rest);
    const document = JSON.stringify(PolicyDocument);
    await administrator.call('iam put-role-policy', { RoleName, PolicyName, PolicyDocument: document });
    return { ref: String(PolicyName), arn: '' };
  },
  'AWS::KMS::Key': async ({ Description, KeyPolicy, Tags, ...rest }, administrator, before) => {
    nothingElse(rest);
    const Policy = JSON.stringify(KeyPolicy);
    if (before) {
      await administrator.call('kms put-key-policy', { KeyId: before.arn, PolicyName: 'default', Policy });
      return before;
    }
    const tags = (Tags as { Key: string; Value: string }[]).map(({ Key, Value }) => ({ TagKey: Key, TagValue: Value }));
    const { KeyMetadata } = await administrator.call('kms create-key', { Description, Policy, Tags: tags });
    const { KeyId, Arn } = KeyMetadata as Record<string, string>;
    return { ref: KeyId ?? '', arn: Arn ?? '' };
  },
  'AWS::KMS::Alias': async ({ AliasName, TargetKeyId, ...rest }, administrator, before) => {
    nothingElse(rest);
    // Under another name it is another alias, and the one before is retained.
    if (before?.ref === AliasName) return before as Made;
    await administrator.call('kms create-alias', { AliasName, TargetKeyId });
    return { ref: String(AliasName), arn: '' };
  },
};

function nothingElse(rest: Json): void {
  const names = Object.keys(rest);
  if (names.length > 0) throw new Error(`nobody taught the interpreter ${names}`);
}

const nothing = Symbol('AWS::NoValue');

function holds(condition: unknown, scope: Scope): boolean {
  if (typeof condition === 'string') {
    if (!(condition in scope.template.Conditions)) throw new Error(`no condition is called ${condition}`);
    return holds(scope.template.Conditions[condition], scope);
  }
  const [[name, value] = ['', undefined]] = Object.entries(condition as Json);
  const parts = value as unknown[];
  switch (name) {
    case 'Fn::Equals':
      return resolve(parts[0], scope) === resolve(parts[1], scope);
    case 'Fn::Not':
      return !holds(parts[0], scope);
    case 'Fn::Or':
      return parts.some((part) => holds(part, scope));
    default:
      throw new Error(`nobody taught the interpreter ${name}`);
  }
}

function resolve(part: unknown, scope: Scope): unknown {
  if (Array.isArray(part)) return part.map((item) => resolve(item, scope)).filter((item) => item !== nothing);
  if (typeof part !== 'object' || part === null) return part;
  const [[name, value] = ['', undefined], ...more] = Object.entries(part);
  if (more.length === 0 && (name === 'Ref' || name.startsWith('Fn::'))) return call(name, value, scope);
  const entries = Object.entries(part).map(([key, inner]) => [key, resolve(inner, scope)] as const);
  return Object.fromEntries(entries.filter(([, inner]) => inner !== nothing));
}

function call(name: string, value: unknown, scope: Scope): unknown {
  const parts = value as unknown[];
  switch (name) {
    case 'Ref': {
      if (value === 'AWS::NoValue') return nothing;
      const found = scope.parameters[String(value)] ?? scope.made.get(String(value))?.ref;
      if (found === undefined) throw new Error(`Ref ${value} gives nothing`);
      return found;
    }
    case 'Fn::GetAtt': {
      const arn = scope.made.get(String(parts[0]))?.arn;
      if (parts[1] !== 'Arn' || arn === undefined) throw new Error(`GetAtt ${parts} gives nothing`);
      return arn;
    }
    case 'Fn::Sub': {
      const pseudo: Record<string, string> = { 'AWS::Partition': 'aws', 'AWS::AccountId': scope.accountId };
      return String(value).replace(/\$\{([^}]+)\}/g, (_, variable: string) => pseudo[variable] ?? `?${variable}?`);
    }
    case 'Fn::If':
      return resolve(holds(parts[0], scope) ? parts[1] : parts[2], scope);
    case 'Fn::Join':
      return (resolve(parts[1], scope) as string[]).join(String(parts[0]));
    case 'Fn::Split':
      return String(resolve(parts[1], scope)).split(String(parts[0]));
    default:
      throw new Error(`nobody taught the interpreter ${name}`);
  }
}

/** Names of the resources that something refers to, as the conditions decide. */
function referred(part: unknown, scope: Scope): Set<string> {
  const names = new Set<string>();
  const walk = (inner: unknown): void => {
    if (Array.isArray(inner)) for (const item of inner) walk(item);
    else if (typeof inner === 'object' && inner !== null)
      for (const [key, value] of Object.entries(inner)) {
        if (key === 'Ref') names.add(String(value));
        else if (key === 'Fn::GetAtt') names.add((value as string[])[0] ?? '');
        else if (key === 'Fn::If') {
          const [condition, yes, no] = value as unknown[];
          walk(holds(condition, scope) ? yes : no);
        } else walk(value);
      }
  };
  walk(part);
  return names;
}
