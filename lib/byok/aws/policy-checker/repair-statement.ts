import type { Finding } from './finding.ts';
import { isMeant } from './misnamed.ts';
import { matchesPattern } from './patterns.ts';
import type { CheckerValues, JsonObject, PolicyKind, Principal, Statement } from './policy-shape.ts';
import { principalTypes, problemOfPrincipal } from './principal-names.ts';
import type { Json } from './read-json.ts';
import { callerFor, cryptographicFor, describeKey, isKeyAction, names, repairing } from './request.ts';
import { isObject, principalsIn } from './statement-grammar.ts';
import { isOurs } from './whose.ts';

/**
 * A statement without those slips that AWS refuses and that can be meant in one way only: a Sid with a hyphen, a space behind a
 * principal, a Resource in a trust policy. Whatever else is wrong with it is left to whoever wrote it. `taken` holds used Sids.
 */
export function fixSlips(raw: JsonObject, found: readonly Finding[], kind: PolicyKind, taken: Set<string>): JsonObject {
  const has = (code: Finding['code']) => found.some((finding) => finding.code === code);
  const misplaced = [
    ...(has('principal-not-allowed') ? ['Principal', 'NotPrincipal'] : []),
    ...(has('resource-not-allowed') ? ['Resource', 'NotResource'] : []),
  ];
  let fixed: JsonObject = raw;
  const change = (parts: JsonObject) => {
    fixed = { ...fixed, ...parts };
  };
  if (misplaced.length > 0) {
    fixed = Object.fromEntries(Object.entries(raw).filter(([name]) => !misplaced.includes(name)));
  }
  if (has('bad-principal') && isObject(raw.Principal)) change({ Principal: trimmed(raw.Principal) });
  if (raw.Sid === undefined || kind === 'key') {
    if (has('bad-sid')) change({ Sid: soundSid(raw.Sid ?? '', kind, taken) });
    return fixed;
  }
  const sid = soundSid(raw.Sid, kind, taken);
  if (sid !== raw.Sid) change({ Sid: sid });
  return fixed;
}

/** A Sid that AWS takes and that is not used yet; it stays what it was where it can. */
export function soundSid(sid: Json, kind: PolicyKind, taken: Set<string>): string {
  const plain = typeof sid === 'string' ? (kind === 'key' ? sid : sid.replace(/[^A-Za-z0-9]/g, '')) : '';
  let free = plain;
  for (let count = 2; free !== '' && taken.has(free); count++) free = `${plain}${count}`;
  taken.add(free);
  return free;
}

/** An Allow that is meant for others too, as it stays without us in it; undefined where nothing is left. */
export function withoutUs(
  statement: Statement,
  raw: JsonObject,
  kind: PolicyKind,
  values: CheckerValues,
): JsonObject | undefined {
  if (kind === 'permission') {
    const others = statement.actions.list.filter((action) => !isKeyAction(action));
    return others.length > 0 ? { ...raw, Action: oneOrList(others) } : undefined;
  }
  const caller = callerFor(kind, values);
  const stays = (one: Principal) => !isOurs(one, statement, kind, values) && !isMeant(one, caller);
  return withPrincipals(statement, raw, stays);
}

/** A Deny as it stays without hitting us, or whoever looks after the key; undefined where it can only go. */
export function repairDeny(
  statement: Statement,
  raw: JsonObject,
  found: readonly Finding[],
  kind: PolicyKind,
  values: CheckerValues,
): JsonObject | undefined {
  if (kind === 'permission') return sparingKey(statement, raw, values);
  const { principals, conditions } = statement;
  const caller = callerFor(kind, values);
  const locksOut = found.some(({ code }) => code === 'root-denied');
  if (!principals || (locksOut && conditions.length === 0)) return undefined;
  const onlyUs = principals.list.every((one) => one.type !== '*' && names(one, caller) === 'itself');
  if (onlyUs && !principals.inverted) return undefined;
  const spared = principals.inverted ? principals.list.map(({ name }) => asArn(name, values)) : [];
  const root = locksOut ? [repairing(values).caller.arn] : [];
  return sparing(raw, [...spared, ...root, caller.arn]);
}

/** Of the role's own Deny, what is about anything but what we do with our key. */
function sparingKey(statement: Statement, raw: JsonObject, values: CheckerValues): JsonObject | undefined {
  const own = [...cryptographicFor(values), describeKey];
  const hits = (action: string) => own.some((one) => matchesPattern(action.toLowerCase(), one.toLowerCase()));
  const others = statement.actions.list.filter((action) => !hits(action));
  if (!statement.actions.inverted && others.length > 0 && others.length < statement.actions.list.length) {
    if (statement.actions.list.filter(hits).every((action) => !/[*?]/.test(action))) {
      return { ...raw, Action: oneOrList(others) };
    }
  }
  const { resources } = statement;
  if (!resources || resources.inverted || values.keyArn === null) return undefined;
  const elsewhere = resources.list.filter((name) => name !== values.keyArn);
  if (elsewhere.includes('*')) {
    const { Resource: _, ...rest } = raw;
    return { ...rest, NotResource: oneOrList([values.keyArn, ...(values.otherKeyArns ?? [])]) };
  }
  return elsewhere.length > 0 && elsewhere.length < resources.list.length
    ? { ...raw, Resource: oneOrList(elsewhere) }
    : undefined;
}

/** A Deny that leaves these out: a condition also spares the sessions of a role, which NotPrincipal does not. */
function sparing(raw: JsonObject, arns: readonly string[]): JsonObject {
  const { NotPrincipal: _, ...rest } = raw;
  const block = isObject(raw.Condition) ? raw.Condition : {};
  const lines = isObject(block.ArnNotEquals) ? block.ArnNotEquals : {};
  const name = Object.keys(lines).find((key) => key.toLowerCase() === 'aws:principalarn') ?? 'aws:PrincipalArn';
  const before = [lines[name] ?? []].flat().map(String);
  const spared = { ...lines, [name]: oneOrList([...new Set([...before, ...arns])]) };
  return {
    ...rest,
    ...('NotPrincipal' in raw ? { Principal: '*' } : {}),
    Condition: { ...block, ArnNotEquals: spared },
  };
}

function withPrincipals(
  statement: Statement,
  raw: JsonObject,
  stays: (principal: Principal) => boolean,
): JsonObject | undefined {
  const list = statement.principals?.list.filter((one) => one.type !== '*' && stays(one)) ?? [];
  if (list.length === 0) return undefined;
  const types = [...new Set(list.map(({ type }) => type))];
  const named = (wanted: string) => list.filter(({ type }) => type === wanted).map(({ name }) => name);
  return { ...raw, Principal: Object.fromEntries(types.map((type) => [type, oneOrList(named(type))])) };
}

/** Spaces around names, and the kind of principal as it is spelt; where that does not help, it stays as it was. */
function trimmed(principal: JsonObject): JsonObject {
  const entries = Object.entries(principal).map(([type, value]): [string, Json] => {
    const meant = principalTypes.find((one) => one.toLowerCase() === type.trim().toLowerCase()) ?? type;
    const names = Array.isArray(value) ? value.map(trim) : trim(value);
    return [meant, names];
  });
  const fixed = Object.fromEntries(entries);
  const isSound = principalsIn(fixed).every(
    ({ type, name }) => type === '*' || problemOfPrincipal(type, name) === undefined,
  );
  return isSound && entries.length === Object.keys(fixed).length ? fixed : principal;
}

function trim(value: Json): Json {
  return typeof value === 'string'
    ? value.replace(/^[\p{Z}\p{C}]+|[\p{Z}\p{C}]+$|[\u200b\u2060\ufeff\u00ad]/gu, '')
    : value;
}

function oneOrList(values: readonly string[]): Json {
  const [one] = values;
  return values.length === 1 && one !== undefined ? one : [...values];
}

function asArn(name: string, { partition }: CheckerValues): string {
  return /^\d{12}$/.test(name) ? `arn:${partition}:iam::${name}:root` : name;
}
