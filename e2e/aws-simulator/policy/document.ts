import { isPartition } from '../regions.ts';
import { type Condition, isKnownOperator, valueProblem } from './conditions.ts';
import { matchesGlob } from './glob.ts';
import { cardinalityOf, ENCRYPTION_CONTEXT_PREFIX, KNOWN_ACTIONS } from './known.ts';
import { PolicyError, PolicyTooLong } from './policy-error.ts';
import { type PolicyPrincipal, parsePrincipals } from './principals.ts';

/** `identity` stands for inline policies and permissions boundaries alike: they have the same form. */
export type PolicyKind = 'identity' | 'session' | 'trust' | 'key';

export interface Statement {
  effect: 'Allow' | 'Deny';
  /** Trust and key policies only. */
  principals: PolicyPrincipal[];
  /** Patterns in lower case; `inverted` for NotAction. */
  actions: { patterns: string[]; inverted: boolean };
  /** `inverted` for NotResource. A trust policy has none: it speaks of the role that it is attached to. */
  resources: { patterns: string[]; inverted: boolean };
  conditions: Condition[];
}

type Json = Record<string, unknown>;

/** In characters without white space, for a key policy in bytes: the quotas pages of IAM and KMS. */
const MAX_LENGTH: Record<PolicyKind, number> = { identity: 10_240, session: 2_048, trust: 2_048, key: 32_768 };
const STATEMENT_ELEMENTS = 'Sid Effect Principal Action NotAction Resource NotResource Condition'.split(' ');

/**
 * Reads a policy document completely: an element, action, operator or condition key that is not known is an error, never
 * something to skip. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 * @throws PolicyError
 */
export function parsePolicy(text: string, kind: PolicyKind): Statement[] {
  checkText(text, kind);
  const document = asObject(parseJson(text), 'The policy');
  onlyElements(document, ['Version', 'Id', 'Statement'], 'The policy');
  const version = document.Version ?? '2008-10-17';
  if (version !== '2012-10-17' && version !== '2008-10-17') throw new PolicyError('Version must be 2012-10-17.');
  const statements = Array.isArray(document.Statement) ? document.Statement : [document.Statement];
  if (statements.length === 0) throw new PolicyError('Statement is missing.');
  const sids = new Set<string>();
  return statements.map((statement, index) => {
    const where = `Statement ${index + 1}`;
    const parsed = asObject(statement, where);
    checkSid(parsed.Sid, kind, sids, where);
    return parseStatement(parsed, kind, where);
  });
}

/**
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html
 */
function checkText(text: string, kind: PolicyKind): void {
  const length =
    kind === 'key' ? Buffer.byteLength(text) : kind === 'session' ? text.length : text.replace(/\s/g, '').length;
  if (length > MAX_LENGTH[kind]) {
    throw new PolicyTooLong(
      `The policy is longer than ${MAX_LENGTH[kind]} ${kind === 'key' ? 'bytes' : 'characters'}.`,
    );
  }
  const forbidden = /[^\t\n\r\u0020-\u00ff]/u.exec(text)?.[0]?.codePointAt(0);
  if (forbidden !== undefined) {
    throw new PolicyError(`The policy has a character that is not allowed: U+${forbidden.toString(16).toUpperCase()}.`);
  }
}

function parseStatement(statement: Json, kind: PolicyKind, where: string): Statement {
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
  if ('NotPrincipal' in statement && (kind !== 'key' || statement.Effect === 'Allow')) {
    throw new PolicyError(`${where}: NotPrincipal has no place here.`);
  }
  if ('NotPrincipal' in statement) {
    throw new PolicyError(`${where}: SimulatorUnsupported: the AWS simulator does not evaluate NotPrincipal.`);
  }
  onlyElements(statement, STATEMENT_ELEMENTS, where);
  const { Effect: effect } = statement;
  if (effect !== 'Allow' && effect !== 'Deny') throw new PolicyError(`${where}: Effect must be Allow or Deny.`);
  const hasPrincipal = kind === 'trust' || kind === 'key';
  if (hasPrincipal !== 'Principal' in statement) {
    throw new PolicyError(`${where}: Principal is ${hasPrincipal ? 'missing' : 'not allowed in this policy'}.`);
  }
  return {
    effect,
    principals: hasPrincipal ? parsePrincipals(statement.Principal, where) : [],
    actions: parseActions(statement, kind, where),
    resources: parseResources(statement, kind, where),
    conditions: parseConditions(statement.Condition, kind, where),
  };
}

function parseActions(statement: Json, kind: PolicyKind, where: string): Statement['actions'] {
  const inverted = 'NotAction' in statement;
  // KMS takes a statement without it, and heeds it not: https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html
  if (kind === 'key' && !inverted && !('Action' in statement)) return { patterns: [], inverted };
  if (inverted === 'Action' in statement) throw new PolicyError(`${where}: give either Action or NotAction.`);
  const patterns = strings(inverted ? statement.NotAction : statement.Action, `${where}: Action`);
  for (const pattern of patterns) {
    if (pattern === '*') continue;
    if (!KNOWN_ACTIONS.some((action) => matchesGlob(pattern.toLowerCase(), action))) {
      throw new PolicyError(`${where}: SimulatorUnsupported: the AWS simulator knows no action ${pattern}.`);
    }
    const service = kind === 'trust' ? 'sts:' : kind === 'key' ? 'kms:' : '';
    const isAssuming = kind !== 'trust' || ASSUMING.some((action) => matchesGlob(pattern.toLowerCase(), action));
    if (!pattern.toLowerCase().startsWith(service) || !isAssuming) {
      throw new PolicyError(`${where}: ${pattern} has no place in a ${kind} policy.`);
    }
  }
  return { patterns: patterns.map((pattern) => pattern.toLowerCase()), inverted };
}

/** What a trust policy may speak of. */
const ASSUMING = [
  'assumerole',
  'assumerolewithsaml',
  'assumerolewithwebidentity',
  'tagsession',
  'setsourceidentity',
  'setcontext',
].map((name) => `sts:${name}`);

function parseResources(statement: Json, kind: PolicyKind, where: string): Statement['resources'] {
  const inverted = 'NotResource' in statement;
  if (kind === 'trust') {
    if (inverted || 'Resource' in statement) throw new PolicyError(`${where}: a trust policy has no Resource.`);
    return { patterns: ['*'], inverted: false };
  }
  if (kind === 'key' && !inverted && !('Resource' in statement)) return { patterns: [], inverted };
  if (inverted === 'Resource' in statement) throw new PolicyError(`${where}: give either Resource or NotResource.`);
  const patterns = strings(inverted ? statement.NotResource : statement.Resource, `${where}: Resource`);
  for (const pattern of patterns) {
    refuseVariables(pattern, where);
    if (pattern === '*') continue;
    const [arn, partition, service, ...rest] = pattern.split(':');
    if (arn !== 'arn' || rest.length < 3) throw new PolicyError(`${where}: Resource ${pattern} is not an ARN or "*".`);
    if (!isPartition(partition ?? '') || !['kms', 'iam'].includes(service ?? '')) {
      throw new PolicyError(`${where}: SimulatorUnsupported: the AWS simulator has no resource ${pattern}.`);
    }
  }
  return { patterns, inverted };
}

function parseConditions(block: unknown, kind: PolicyKind, where: string): Condition[] {
  if (block === undefined) return [];
  return Object.entries(asObject(block, `${where}: Condition`)).flatMap(([name, keys]) =>
    Object.entries(asObject(keys, `${where}: ${name}`)).map(([key, values]) =>
      parseCondition(name, key, strings(values, `${where}: ${name} ${key}`), kind, where),
    ),
  );
}

function parseCondition(name: string, key: string, values: string[], kind: PolicyKind, where: string): Condition {
  const match = /^(?:(ForAnyValue|ForAllValues):)?([A-Za-z]+?)(IfExists)?$/.exec(name);
  const [, set, operator = '', ifExists] = match ?? [];
  if (!match || !isKnownOperator(operator) || (operator === 'Null' && (set || ifExists))) {
    throw new PolicyError(`${where}: SimulatorUnsupported: the AWS simulator knows no condition operator ${name}.`);
  }
  const cardinality = cardinalityOf(key);
  if (!cardinality) {
    throw new PolicyError(`${where}: SimulatorUnsupported: the AWS simulator knows no condition key ${key}.`);
  }
  if (cardinality === 'multi' && !set && operator !== 'Null') {
    throw new PolicyError(`${where}: ${key} has many values: ForAnyValue or ForAllValues is needed with it.`);
  }
  // https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-encryption-context
  if (kind === 'key' && set === 'ForAllValues' && key.toLowerCase().startsWith(ENCRYPTION_CONTEXT_PREFIX)) {
    throw new PolicyError('OverlyPermissiveCondition:EncryptionContext: ForAllValues with a single-valued key.');
  }
  for (const value of values) {
    refuseVariables(value, where);
    const problem = valueProblem(operator, value);
    if (problem) throw new PolicyError(`${where}: ${problem}.`);
  }
  return {
    ...(set === 'ForAnyValue' || set === 'ForAllValues' ? { set } : {}),
    operator,
    ifExists: ifExists !== undefined,
    key: key.toLowerCase(),
    values,
  };
}

/**
 * IAM allows letters and digits in a Sid, each once in a document. In a key policy it is any text, and nothing has to be unique.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html
 */
function checkSid(sid: unknown, kind: PolicyKind, seen: Set<string>, where: string): void {
  if (sid === undefined) return;
  if (typeof sid !== 'string') throw new PolicyError(`${where}: the Sid must be a string.`);
  if (kind === 'key') return;
  if (!/^[A-Za-z0-9]*$/.test(sid)) throw new PolicyError(`${where}: the Sid has a character too many.`);
  if (sid !== '' && seen.has(sid)) throw new PolicyError(`${where}: the Sid ${sid} is used twice.`);
  seen.add(sid);
}

function refuseVariables(value: string, where: string): void {
  if (!value.includes('${')) return;
  throw new PolicyError(`${where}: SimulatorUnsupported: the AWS simulator expands no policy variables (${value}).`);
}

function onlyElements(object: Json, known: readonly string[], where: string): void {
  for (const name of Object.keys(object)) {
    if (!known.includes(name)) throw new PolicyError(`${where} has an element that is not known: ${name}.`);
  }
}

function strings(value: unknown, where: string): string[] {
  const list = Array.isArray(value) ? value : [value];
  if (list.length === 0) throw new PolicyError(`${where} is empty.`);
  return list.map((item) => {
    if (typeof item === 'boolean' || typeof item === 'number') return String(item);
    if (typeof item !== 'string') throw new PolicyError(`${where} must be a string or a list of strings.`);
    return item;
  });
}

function asObject(value: unknown, where: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new PolicyError(`${where} must be a JSON object.`);
  }
  return value as Json;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PolicyError('The policy is not valid JSON.');
  }
}
