/**
 * For tests: reads a Terraform module with HashiCorp's own parser and does what Terraform would, for the resources that
 * the kit uses; refuses everything else.
 */
import { parse } from '@cdktf/hcl2json';
import type { Administrator } from './aws-administrator.ts';

type Json = Record<string, unknown>;
type Blocks = Record<string, Record<string, Json[]>>;
export type Module = {
  variable: Record<string, [{ default: string }]>;
  output: Record<string, [{ value: string }]>;
  data: { aws_iam_policy_document: Record<string, [{ statement: StatementBlock[] }]> };
  resource: Blocks;
};
type StatementBlock = {
  sid: string;
  effect: string;
  actions: string[];
  resources?: string[];
  principals?: { type: string; identifiers: string[] }[];
  condition?: { test: string; variable: string; values: string[] }[];
};

export async function readModule(text: string): Promise<Module> {
  return (await parse('main.tf', text)) as Module;
}

/** The default of a variable as it was meant: the parser writes what would begin a template twice. */
export function defaultOf(module: Module, name: string): string {
  return (module.variable[name]?.[0].default ?? '').replace(/([$%])\1\{/g, '$1{');
}

/** Answers the module's outputs. */
export async function applyModule(module: Module, administrator: Administrator): Promise<Record<string, string>> {
  const known = new Map(Object.keys(module.variable).map((name) => [`var.${name}`, defaultOf(module, name)]));
  const open = new Map(
    Object.entries(module.resource).flatMap(([type, named]) =>
      Object.entries(named).map(([name, [body]]) => [`${type}.${name}`, { type, body: body ?? {} }] as const),
    ),
  );
  while (open.size > 0) {
    let progress = false;
    for (const [address, { type, body }] of open) {
      const needed = references(JSON.stringify(withDocuments(body, module)));
      if (needed.some((name) => !known.has(name))) continue;
      const make = makers[type];
      if (!make) throw new Error(`nobody taught the interpreter ${type}`);
      const given = filledIn(withDocuments(body, module), known) as Json;
      for (const [name, value] of Object.entries(await make(given, administrator))) {
        known.set(`${address}.${name}`, value);
      }
      open.delete(address);
      progress = true;
    }
    if (!progress) throw new Error(`circular: ${[...open.keys()]}`);
  }
  const outputs = Object.entries(module.output).map(([name, [{ value }]]) => [name, filledIn(value, known)]);
  return Object.fromEntries(outputs);
}

const makers: Record<string, (body: Json, administrator: Administrator) => Promise<Record<string, string>>> = {
  aws_iam_role: async ({ name, path, assume_role_policy, ...rest }, administrator) => {
    nothingElse(rest);
    const input = { RoleName: name, Path: path, AssumeRolePolicyDocument: assume_role_policy };
    const { Role } = await administrator.call('iam create-role', input);
    return { name: String(name), arn: (Role as { Arn: string }).Arn };
  },
  aws_iam_role_policy: async ({ name, role, policy, ...rest }, administrator) => {
    nothingElse(rest);
    await administrator.call('iam put-role-policy', { RoleName: role, PolicyName: name, PolicyDocument: policy });
    return {};
  },
  aws_kms_key: async ({ description, policy, lifecycle, ...rest }, administrator) => {
    nothingElse(rest);
    const input = { Description: description, Policy: policy };
    const { KeyMetadata } = await administrator.call('kms create-key', input);
    const { KeyId, Arn } = KeyMetadata as Record<string, string>;
    return { key_id: KeyId ?? '', arn: Arn ?? '' };
  },
  aws_kms_alias: async ({ name, target_key_id, ...rest }, administrator) => {
    nothingElse(rest);
    await administrator.call('kms create-alias', { AliasName: name, TargetKeyId: target_key_id });
    return {};
  },
  aws_kms_key_policy: async ({ key_id, policy, ...rest }, administrator) => {
    nothingElse(rest);
    await administrator.call('kms put-key-policy', { KeyId: key_id, PolicyName: 'default', Policy: policy });
    return {};
  },
};

function nothingElse(rest: Json): void {
  const names = Object.keys(rest);
  if (names.length > 0) throw new Error(`nobody taught the interpreter ${names}`);
}

/** `data.aws_iam_policy_document.NAME.json` becomes the JSON that the provider makes of it. */
function withDocuments(body: Json, module: Module): Json {
  const entries = Object.entries(body).map(([name, value]) => {
    const [, document] = /^\$\{data\.aws_iam_policy_document\.(\w+)\.json\}$/.exec(String(value)) ?? [];
    if (document === undefined) return [name, value];
    const statements = module.data.aws_iam_policy_document[document]?.[0].statement ?? [];
    return [name, JSON.stringify({ Version: '2012-10-17', Statement: statements.map(asStatement) })];
  });
  return Object.fromEntries(entries);
}

function asStatement({ sid, effect, actions, resources, principals, condition = [] }: StatementBlock): Json {
  return {
    Sid: sid,
    Effect: effect,
    Action: actions,
    ...(resources ? { Resource: resources } : {}),
    ...(principals ? { Principal: Object.fromEntries(principals.map((it) => [it.type, it.identifiers])) } : {}),
    ...(condition.length > 0
      ? { Condition: Object.fromEntries(condition.map((it) => [it.test, { [it.variable]: it.values }])) }
      : {}),
  };
}

function references(text: string): string[] {
  return [...text.matchAll(/\$\{([\w.]+)\}/g)].flatMap(([, name]) => name ?? []);
}

function filledIn(value: unknown, known: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return value.replace(/\$\{([\w.]+)\}/g, (_, name: string) => known.get(name) ?? '');
  if (Array.isArray(value)) return value.map((item) => filledIn(item, known));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, filledIn(inner, known)]));
}
