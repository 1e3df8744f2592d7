/**
 * The words of a policy, statement by statement. What AWS would refuse to save is a finding; a statement that lacks
 * something, or has a value that cannot be, is not interpreted further.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
import type { Finding } from './finding.ts';
import type { Condition, PolicyKind, Principal, Statement } from './policy-shape.ts';
import type { Json } from './read-json.ts';

type JsonObject = { [name: string]: Json };
export type ReadPolicy = { document: JsonObject; statements: Statement[]; findings: Finding[] };

/** The statements as they were given, or undefined where this is no policy at all. A statement by itself is one too. */
export function statementsOf(value: Json): { document: JsonObject; raw: Json[] } | undefined {
  if (!isObject(value)) return undefined;
  if ('Effect' in value) return { document: { Version: '2012-10-17', Statement: [value] }, raw: [value] };
  if (!('Statement' in value)) return undefined;
  return { document: value, raw: Array.isArray(value.Statement) ? value.Statement : [value.Statement ?? null] };
}

export function readPolicy({ document, raw }: { document: JsonObject; raw: Json[] }, kind: PolicyKind): ReadPolicy {
  const findings: Finding[] = Object.keys(document)
    .filter((name) => !['Version', 'Id', 'Statement'].includes(name))
    .map((field) => ({ code: 'unknown-element', statement: null, field }));
  const { Version: version } = document;
  if (version !== undefined && version !== '2012-10-17' && version !== '2008-10-17') {
    findings.push({ code: 'bad-value', statement: null, field: 'Version' });
  }
  const sids = new Set<Json>();
  const statements: Statement[] = [];
  for (const [at, given] of raw.entries()) {
    const problems = isObject(given) ? problemsOf(given, kind, sids) : [{ code: 'bad-value', field: null } as const];
    findings.push(...problems.map((problem) => ({ ...problem, statement: at })));
    const readable = problems.every(({ code }) => code !== 'bad-value');
    if (readable && isObject(given)) statements.push(interpret(given, at, kind));
  }
  return { document, statements, findings };
}

const elements = 'Sid Effect Principal NotPrincipal Action NotAction Resource NotResource Condition'.split(' ');

function problemsOf(raw: JsonObject, kind: PolicyKind, sids: Set<Json>): Pick<Finding, 'code' | 'field'>[] {
  const unknown = Object.keys(raw).filter((name) => !elements.includes(name));
  const problems: Pick<Finding, 'code' | 'field'>[] = unknown.map((field) => ({ code: 'unknown-element', field }));
  const wrong = (field: string, isWrong: boolean) => {
    if (isWrong) problems.push({ code: 'bad-value', field });
  };
  wrong('Effect', raw.Effect !== 'Allow' && raw.Effect !== 'Deny');
  wrong('Action', !isTextOrTexts(raw.Action ?? raw.NotAction) || ('Action' in raw && 'NotAction' in raw));
  wrong('Condition', raw.Condition !== undefined && !isConditionBlock(raw.Condition));
  const named = 'Principal' in raw || 'NotPrincipal' in raw;
  if (kind === 'permission' && named) problems.push({ code: 'principal-not-allowed', field: 'Principal' });
  else if (kind !== 'permission') wrong('Principal', !isPrincipal(raw.Principal ?? raw.NotPrincipal));
  const placed = 'Resource' in raw || 'NotResource' in raw;
  if (kind === 'trust' && placed) problems.push({ code: 'resource-not-allowed', field: 'Resource' });
  else if (kind !== 'trust') wrong('Resource', !isTextOrTexts(raw.Resource ?? raw.NotResource));
  const { Sid: sid } = raw;
  if (sid !== undefined) {
    const pattern = kind === 'key' ? /^[A-Za-z0-9 ]*$/ : /^[A-Za-z0-9]*$/;
    if (typeof sid !== 'string' || !pattern.test(sid)) problems.push({ code: 'bad-sid', field: 'Sid' });
    else if (sid !== '' && sids.has(sid)) problems.push({ code: 'sid-twice', field: 'Sid' });
    sids.add(sid);
  }
  return problems;
}

function interpret(raw: JsonObject, at: number, kind: PolicyKind): Statement {
  const principal = kind === 'permission' ? undefined : (raw.Principal ?? raw.NotPrincipal);
  const resource = kind === 'trust' ? undefined : (raw.Resource ?? raw.NotResource);
  return {
    at,
    raw,
    effect: raw.Effect === 'Deny' ? 'Deny' : 'Allow',
    principals: principal === undefined ? null : { list: principalsIn(principal), inverted: 'NotPrincipal' in raw },
    actions: { list: texts(raw.Action ?? raw.NotAction), inverted: 'NotAction' in raw },
    resources: resource === undefined ? null : { list: texts(resource), inverted: 'NotResource' in raw },
    conditions: conditionsIn(raw.Condition),
  };
}

function principalsIn(element: Json): Principal[] {
  if (!isObject(element)) return [{ type: '*', name: '*' }];
  return Object.entries(element).flatMap(([type, names]) =>
    texts(names).map((name) => (type === 'AWS' && name === '*' ? { type: '*', name } : { type, name })),
  );
}

function conditionsIn(block: Json | undefined): Condition[] {
  return Object.entries(isObject(block) ? block : {}).flatMap(([name, keys]) => {
    const [, set, operator = name, ifExists] = /^(?:(ForAnyValue|ForAllValues):)?(\w+?)(IfExists)?$/.exec(name) ?? [];
    return Object.entries(isObject(keys) ? keys : {}).map(([key, values]) => ({
      set: set === 'ForAnyValue' || set === 'ForAllValues' ? set : null,
      operator,
      ifExists: ifExists !== undefined,
      key,
      values: texts(values),
    }));
  });
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function texts(value: Json | undefined): string[] {
  return (Array.isArray(value) ? value : [value]).flatMap((item) =>
    item === undefined || item === null || typeof item === 'object' ? [] : String(item),
  );
}

function isTextOrTexts(value: Json | undefined): boolean {
  const list = Array.isArray(value) ? value : [value];
  return list.length > 0 && list.every((item) => typeof item === 'string');
}

function isPrincipal(value: Json | undefined): boolean {
  if (value === '*') return true;
  return isObject(value) && Object.keys(value).length > 0 && Object.values(value).every(isTextOrTexts);
}

function isConditionBlock(value: Json): boolean {
  if (!isObject(value)) return false;
  return Object.values(value).every(
    (keys) => isObject(keys) && Object.values(keys).every((it) => texts(it).length > 0),
  );
}
