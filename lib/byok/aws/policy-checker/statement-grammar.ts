/** What AWS wants of a statement when it saves it, and how its elements are read. */
import { conditionProblems } from './condition-grammar.ts';
import type { Finding } from './finding.ts';
import { matchesPattern } from './patterns.ts';
import type { Condition, JsonObject, PolicyKind, Principal } from './policy-shape.ts';
import { problemOfPrincipal } from './principal-names.ts';
import type { Json } from './read-json.ts';

type Problem = Pick<Finding, 'code' | 'field' | 'detail'>;

const elements = 'Sid Effect Principal NotPrincipal Action NotAction Resource NotResource Condition'.split(' ');

/** `sids` holds those that were used before. */
export function statementProblems(raw: JsonObject, kind: PolicyKind, sids: Set<unknown>): Problem[] {
  const unknown = Object.keys(raw).filter((name) => !elements.includes(name));
  const hasCondition = raw.Condition !== undefined && isConditionBlock(raw.Condition);
  return [
    ...unknown.map((field): Problem => ({ code: 'unknown-element', field })),
    ...wrong('Effect', raw.Effect !== 'Allow' && raw.Effect !== 'Deny'),
    ...principalProblems(raw, kind),
    ...actionProblems(raw, kind),
    ...resourceProblems(raw, kind),
    ...wrong('Condition', raw.Condition !== undefined && !hasCondition),
    ...(hasCondition ? conditionProblems(conditionsIn(raw.Condition, true), kind) : []),
    ...sidProblems(raw.Sid, kind, sids),
  ];
}

export function principalsIn(element: Json): Principal[] {
  if (!isObject(element)) return [{ type: '*', name: '*' }];
  return Object.entries(element).flatMap(([type, names]) =>
    texts(names).map((name) => (type === 'AWS' && name === '*' ? { type: '*', name } : { type, name })),
  );
}

export function conditionsIn(block: Json | undefined, withVariables: boolean): Condition[] {
  return Object.entries(isObject(block) ? block : {}).flatMap(([name, keys]) => {
    const [, set, operator = name, ifExists] = /^(?:(ForAnyValue|ForAllValues):)?(\w+?)(IfExists)?$/.exec(name) ?? [];
    return Object.entries(isObject(keys) ? keys : {}).map(([key, values]) => ({
      set: set === 'ForAnyValue' || set === 'ForAllValues' ? set : null,
      operator,
      ifExists: ifExists !== undefined,
      key,
      values: texts(values),
      withVariables,
    }));
  });
}

export function texts(value: Json | undefined): string[] {
  return (Array.isArray(value) ? value : [value]).flatMap((item) =>
    item === undefined || item === null || typeof item === 'object' ? [] : String(item),
  );
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrong(field: string, isWrong: boolean): Problem[] {
  return isWrong ? [{ code: 'bad-value', field }] : [];
}

function principalProblems(raw: JsonObject, kind: PolicyKind): Problem[] {
  const named = 'Principal' in raw || 'NotPrincipal' in raw;
  if (kind === 'permission') return named ? [{ code: 'principal-not-allowed', field: 'Principal' }] : [];
  if (!isPrincipal(raw.Principal ?? raw.NotPrincipal) || ('Principal' in raw && 'NotPrincipal' in raw)) {
    return wrong('Principal', true);
  }
  const field = 'Principal' in raw ? 'Principal' : 'NotPrincipal';
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
  const inverted = field === 'NotPrincipal' && (kind === 'trust' || raw.Effect === 'Allow');
  const names = principalsIn(raw[field] ?? null).flatMap(({ type, name }) => {
    const problem = type === '*' ? undefined : problemOfPrincipal(type, name);
    return problem === undefined ? [] : [{ code: 'bad-principal', field, detail: `${name}: ${problem}` } as const];
  });
  return [...(inverted ? [{ code: 'not-principal-here', field } as const] : []), ...names];
}

/** What a trust policy may speak of. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html */
const assuming = [
  'sts:assumerole',
  'sts:assumerolewithsaml',
  'sts:assumerolewithwebidentity',
  'sts:tagsession',
  'sts:setsourceidentity',
  'sts:setcontext',
];

function actionProblems(raw: JsonObject, kind: PolicyKind): Problem[] {
  const given = raw.Action ?? raw.NotAction;
  const both = 'Action' in raw && 'NotAction' in raw;
  // KMS saves a statement without it, and heeds it not. https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html
  if (kind === 'key' && given === undefined) return [];
  if (!isTextOrTexts(given) || both) return wrong('Action', true);
  const field = 'Action' in raw ? 'Action' : 'NotAction';
  return texts(given).flatMap((action): Problem[] => {
    if (action === '*') return [];
    if (!/^[\w*-]+:[\w*?]+$/.test(action)) return [{ code: 'bad-action', field, detail: action }];
    const name = action.toLowerCase();
    const elsewhere =
      (kind === 'trust' && !assuming.some((one) => matchesPattern(name, one))) ||
      (kind === 'key' && !matchesPattern(name.slice(0, name.indexOf(':')), 'kms'));
    return elsewhere ? [{ code: 'action-not-here', field, detail: action }] : [];
  });
}

function resourceProblems(raw: JsonObject, kind: PolicyKind): Problem[] {
  const placed = 'Resource' in raw || 'NotResource' in raw;
  if (kind === 'trust') return placed ? [{ code: 'resource-not-allowed', field: 'Resource' }] : [];
  if (kind === 'key' && !placed) return [];
  const given = raw.Resource ?? raw.NotResource;
  if (!isTextOrTexts(given) || ('Resource' in raw && 'NotResource' in raw)) return wrong('Resource', true);
  const field = 'Resource' in raw ? 'Resource' : 'NotResource';
  return texts(given).flatMap((name): Problem[] =>
    kind === 'key' || name === '*' || /^(?:arn|\*|\$\{)/.test(name)
      ? []
      : [{ code: 'bad-resource', field, detail: name }],
  );
}

/**
 * IAM wants letters and digits, once each; KMS takes any character that a policy may have, and demands nothing more.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html
 */
function sidProblems(sid: Json | undefined, kind: PolicyKind, seen: Set<unknown>): Problem[] {
  if (sid === undefined) return [];
  const detail = { detail: typeof sid === 'string' ? sid : JSON.stringify(sid) };
  if (typeof sid !== 'string') return [{ code: 'bad-sid', field: 'Sid', ...detail }];
  if (kind === 'key') return [];
  if (!/^[A-Za-z0-9]*$/.test(sid)) return [{ code: 'bad-sid', field: 'Sid', ...detail }];
  const isTwice = sid !== '' && seen.has(sid);
  seen.add(sid);
  return isTwice ? [{ code: 'sid-twice', field: 'Sid', ...detail }] : [];
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
