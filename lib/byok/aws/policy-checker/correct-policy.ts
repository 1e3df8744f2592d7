import { parseKeyReference } from '../arn.ts';
import { keyPolicy, type PolicyStatement, permissionPolicy, trustPolicy } from '../policies.ts';
import { changedLines } from './changed-lines.ts';
import { examine, whoseOf } from './examine.ts';
import type { Finding } from './finding.ts';
import { asPolicy, type PolicyText } from './open-envelope.ts';
import { allows, allowsUse, deniesOtherContexts, hasRoot } from './policy-rules.ts';
import type { CheckerValues, JsonObject, PolicyKind, Statement } from './policy-shape.ts';
import { interpret, readPolicy } from './read-policy.ts';
import { elementsThatGo, type Piece, rebuildText, wordsOf } from './rebuild-text.ts';
import { fixSlips, repairDeny, soundSid, withoutUs } from './repair-statement.ts';
import { assuming, callerFor, concerns, coversAction, cryptographicFor, describing } from './request.ts';
import { isObject } from './statement-grammar.ts';
import { mentionsUs, type Whose } from './whose.ts';

/** What of the pasted policy does not stay as it was, word for word as it was. */
export type Gone = { statement: number | null; name: string | null; text: string; how: 'removed' | 'changed' };

export type Correction = {
  text: string;
  /** Lines that are new or changed, counted from 1. */
  changedLines: number[];
  removedLines: number;
  gone: Gone[];
  /** What is still to be found, since it is for others: that is theirs to decide. Statements are counted in the new text. */
  left: Finding[];
};

/**
 * The policy as it would be right: ours take the place of what was meant for us and is wrong; what is not about us stays word
 * for word. Undefined where the key's ARN is not known and the policy has to name it.
 */
export function correctPolicy(policy: PolicyText, kind: PolicyKind, given: CheckerValues): Correction | undefined {
  const values = kind === 'permission' ? { ...given, keyArn: given.keyArn ?? keyArnIn(policy, given) } : given;
  if (kind === 'permission' && values.keyArn === null) return undefined;
  const gently = correction(policy, kind, values, 'what is wrong');
  const own = gently.left.some((finding) => isOfOurs(finding, gently.text, kind, values));
  return own ? correction(policy, kind, values, 'all of ours') : gently;
}

/** Which of our statements are replaced. */
type Scope = 'what is wrong' | 'all of ours';

function correction(policy: PolicyText, kind: PolicyKind, values: CheckerValues, scope: Scope): Correction {
  const kept = keptOf(policy, kind, values, scope);
  const pieces = withMissing(policy, kept, kind, values);
  const text = rebuildText(policy, pieces);
  const lines = changedLines(policy.text, text);
  const left = examine(readPolicy(asPolicy(text), kind), kind, values);
  return { text, changedLines: lines.added, removedLines: lines.removed, gone: goneFrom(policy, kept), left };
}

/** What becomes of each statement: it stays, is changed, or goes. */
type Kept = Piece | undefined;

function keptOf(policy: PolicyText, kind: PolicyKind, values: CheckerValues, scope: Scope): Kept[] {
  const reading = readPolicy(policy, kind);
  const findings = examine(reading, kind, values);
  const whose = whoseOf(reading, kind, values);
  const byPlace = new Map(reading.statements.map((statement) => [statement.at, statement]));
  const taken = new Set<string>();
  return policy.statements.map(({ value }, at): Kept => {
    if (!isObject(value)) return undefined;
    const found = findings.filter(({ statement }) => statement === at);
    const raw = fixSlips(value, found, kind, taken);
    const stays: Piece = raw === value ? { stays: at } : { put: raw };
    const statement = byPlace.get(at);
    if (!statement) return mentionsUs(value, kind, values) ? undefined : stays;
    if (isOfAnotherKind(statement, found, values)) return undefined;
    const repaired = repair(statement, raw, found, { kind, values, scope, whose: whose.get(statement) ?? 'theirs' });
    const isOurs = whose.get(statement) === 'ours';
    if (isOurs && isSuperseded(statement, reading.statements, findings, kind, values)) return undefined;
    return repaired === raw ? stays : repaired && { put: repaired };
  });
}

function repair(
  statement: Statement,
  raw: JsonObject,
  found: readonly Finding[],
  how: { kind: PolicyKind; values: CheckerValues; scope: Scope; whose: Whose },
): JsonObject | undefined {
  const { kind, values, scope, whose } = how;
  if (statement.effect === 'Deny') {
    const isOurs = whose === 'ours' && kind !== 'permission';
    if (isOurs && (scope === 'all of ours' || found.some(isGrave))) return undefined;
    const codes = [
      'denied-to-us',
      'root-denied',
      'not-principal-here',
      ...(whose === 'theirs' ? [] : ['not-principal']),
    ];
    const isStray = found.some(({ code }) => code === 'action-not-here');
    const hits = !isStray && found.some(({ code }) => codes.includes(code));
    return hits ? repairDeny(statement, raw, found, kind, values) : raw;
  }
  const isWrong = found.some(({ code }) => isWrongForUs({ code }, whose));
  if (whose === 'theirs' || (scope === 'what is wrong' && !isWrong)) return raw;
  return whose === 'ours' ? undefined : withoutUs(statement, raw, kind, values);
}

/** One of ours that was put into the wrong policy: it is about nothing that this policy decides. */
function isOfAnotherKind({ raw, actions }: Statement, found: readonly Finding[], values: CheckerValues): boolean {
  const stray = found.filter(({ code }) => code === 'action-not-here');
  const kinds = ['trust', 'key'] as const;
  return stray.length >= actions.list.length && kinds.some((kind) => mentionsUs(raw, kind, values));
}

/** A Deny of ours that is only not known to hit us is as the console wrote it. */
function isGrave({ code }: Finding): boolean {
  return code !== 'may-be-denied-to-us' && code !== 'not-principal';
}

/** Whether it is about us; what a statement gives others beside us is theirs. */
function isWrongForUs({ code }: Pick<Finding, 'code'>, whose: Whose): boolean {
  if (code === 'others-trusted') return whose === 'ours';
  const aboutOthers: readonly Finding['code'][] = ['other-services', 'other-keys', 'other-uses', 'stray-resource'];
  const fixed: readonly Finding['code'][] = ['bad-sid', 'sid-twice', 'resource-not-allowed', 'principal-not-allowed'];
  return !aboutOthers.includes(code) && !fixed.includes(code);
}

/** A part of what we need, allowed to us alone, goes where the whole of it is put in. */
function isSuperseded(
  statement: Statement,
  all: readonly Statement[],
  findings: readonly Finding[],
  kind: PolicyKind,
  values: CheckerValues,
): boolean {
  if (kind === 'trust' || statement.effect === 'Deny') return false;
  const wrong = new Set(findings.map(({ statement: at }) => at));
  const clean = all.filter(({ at }) => !wrong.has(at));
  const cryptographic = cryptographicFor(values);
  const complete = cryptographic.every((action) => allowsUse(clean, action, kind, values) === 'directly');
  const onlyOurs =
    !statement.principals ||
    (statement.principals.list.length === 1 && concerns(statement, callerFor(kind, values)) === 'itself');
  return !complete && onlyOurs && cryptographic.some((action) => coversAction(statement, action));
}

/** Those of our statements whose work nothing that is kept does, where the first that went stood; the account's comes first. */
function withMissing(policy: PolicyText, kept: readonly Kept[], kind: PolicyKind, values: CheckerValues): Piece[] {
  const pieces = kept.filter((piece) => piece !== undefined);
  const place = kept.indexOf(undefined);
  const version = policy.members.get('Version')?.value;
  const raws = pieces.map((piece) => ('stays' in piece ? policy.statements[piece.stays]?.value : piece.put));
  const statements = raws.flatMap((raw, at) =>
    isObject(raw) && isReadable(raw, kind) ? interpret(raw, at, kind, version === '2012-10-17') : [],
  );
  const used = new Set(raws.flatMap((raw) => (isObject(raw) ? String(raw.Sid) : [])));
  const put = (one: PolicyStatement): Piece => ({
    put: { ...asJson(one), ...keysOf(kind, values), Sid: soundSid(one.Sid, kind, used) },
  });
  const missing = missingFrom(statements, kind, values);
  const isRoot = ({ Sid }: PolicyStatement) => Sid === 'EnableIAMUserPermissions';
  const root = missing.filter(isRoot).map(put);
  pieces.splice(place < 0 ? pieces.length : place, 0, ...missing.filter((one) => !isRoot(one)).map(put));
  return [...root, ...pieces];
}

function isReadable(raw: JsonObject, kind: PolicyKind): boolean {
  const policy = asPolicy(JSON.stringify({ Statement: [raw] }));
  return readPolicy(policy, kind).unread.size === 0;
}

function missingFrom(statements: readonly Statement[], kind: PolicyKind, values: CheckerValues): PolicyStatement[] {
  const directly = (request: ReturnType<typeof describing>) => allows(statements, request, kind, values) === 'directly';
  const done = new Map([
    ['EnableIAMUserPermissions', hasRoot(statements, values)],
    ['KeywardDescribesThisKey', directly(describing(values))],
    [
      'KeywardUsesThisKey',
      cryptographicFor(values).every((action) => allowsUse(statements, action, kind, values) === 'directly'),
    ],
    ['KeywardOnlyInThisContext', deniesOtherContexts(statements, values)],
    [
      'KeywardAssumesThisRole',
      kind === 'trust' && allows(statements, assuming(values, values.externalId), kind, values) !== 'no',
    ],
  ]);
  return ours(kind, values).filter(({ Sid }) => !done.get(Sid));
}

/** The policy that the console shows. */
function ours(kind: PolicyKind, values: CheckerValues): PolicyStatement[] {
  switch (kind) {
    case 'trust':
      return trustPolicy(values).Statement;
    case 'permission':
      return permissionPolicy({ ...values, keyArn: values.keyArn ?? '' }).Statement;
    case 'key':
      return keyPolicy({ ...values, accountId: values.keyAccountId }).Statement;
  }
}

/** Whether something that is left is about us, so that more has to be replaced. */
function isOfOurs({ code, statement: at }: Finding, text: string, kind: PolicyKind, values: CheckerValues): boolean {
  if (['too-long', 'longer-than-usual', 'longer-than-managed', 'forbidden-character'].includes(code)) return false;
  if (at === null) return true;
  const reading = readPolicy(asPolicy(text), kind);
  const statement = reading.statements.find((one) => one.at === at);
  if (statement?.effect !== 'Allow') return false;
  const whose = whoseOf(reading, kind, values).get(statement) ?? 'theirs';
  return whose !== 'theirs' && isWrongForUs({ code }, whose);
}

function goneFrom(policy: PolicyText, kept: readonly Kept[]): Gone[] {
  const elements = elementsThatGo(policy).map((name): Gone => {
    const words = withoutIndent(wordsOf(policy.text, policy.members.get(name)));
    return { statement: null, name, text: `${JSON.stringify(name)}: ${words}`, how: 'removed' };
  });
  const statements = kept.flatMap((piece, at): Gone[] => {
    if (piece && 'stays' in piece) return [];
    const node = policy.statements[at];
    const sid = isObject(node?.value) && typeof node.value.Sid === 'string' ? node.value.Sid : null;
    return [
      { statement: at, name: sid, text: withoutIndent(wordsOf(policy.text, node)), how: piece ? 'changed' : 'removed' },
    ];
  });
  return [...elements, ...statements];
}

/** A part of a text as if it stood by itself: as far to the left as its last line, which closes it. */
function withoutIndent(text: string): string {
  const indent = /\n([ \t]*)[^\n]*$/.exec(text)?.[1] ?? '';
  return text.replaceAll(`\n${indent}`, '\n');
}

/** The one key of this account and region that the policy names, where nobody has said yet which it is. */
function keyArnIn(policy: PolicyText, values: CheckerValues): string | null {
  const { statements } = readPolicy(policy, 'permission');
  const named = new Set(statements.flatMap(({ resources }) => resources?.list ?? []));
  const keys = [...named].flatMap((name) => {
    const key = parseKeyReference(name);
    const here = key.ok && key.value.kind === 'key' && key.value.region === values.region;
    return here && key.value.accountId === values.keyAccountId ? key.value.arn : [];
  });
  return keys.length === 1 ? (keys[0] ?? null) : null;
}

/** A permission policy names every key that the role has to reach. */
function keysOf(kind: PolicyKind, { keyArn, otherKeyArns = [] }: CheckerValues): JsonObject {
  return kind === 'permission' && otherKeyArns.length > 0 ? { Resource: [keyArn ?? '', ...otherKeyArns] } : {};
}

function asJson(statement: PolicyStatement): JsonObject {
  return JSON.parse(JSON.stringify(statement)) as JsonObject;
}
