import { parseKeyReference } from '../arn.ts';
import { keyPolicy, type PolicyStatement, permissionPolicy, trustPolicy } from '../policies.ts';
import { examine } from './examine.ts';
import type { Finding } from './finding.ts';
import { allows, allowsUse, deniesOtherContexts, hasRoot } from './policy-rules.ts';
import type { DoctorValues, PolicyKind, Statement } from './policy-shape.ts';
import type { Json } from './read-json.ts';
import { type ReadPolicy, readPolicy } from './read-policy.ts';
import { repairMeaning, repairWords, soundSid } from './repair-statement.ts';
import { concerns, coversAction, cryptographicFor, describing } from './request.ts';
import { callerFor } from './statement-rules.ts';

type JsonObject = { [name: string]: Json };

/**
 * The whole policy without anything to be found in it: statements that are sound, or not about us, stay as they are; ours
 * take the place of what was wrong. Undefined where the key's ARN is not known and the policy has to name it.
 */
export function correctPolicy(policy: ReadPolicy, raw: readonly Json[], kind: PolicyKind, given: DoctorValues) {
  const values = kind === 'permission' ? { ...given, keyArn: given.keyArn ?? keyArnIn(raw, given) } : given;
  if (kind === 'permission' && values.keyArn === null) return undefined;
  const corrected = repaired(policy, raw, kind, values);
  const left = examine(readPolicy({ document: corrected, raw: corrected.Statement }, kind), kind, values);
  return left.length === 0 ? corrected : whole(policy, ours(kind, values));
}

function repaired(policy: ReadPolicy, raw: readonly Json[], kind: PolicyKind, values: DoctorValues) {
  const taken = new Set<string>();
  const sound = raw.flatMap((one, at) => repairWords(one, foundAt(policy.findings, at), kind, taken) ?? []);
  const reading = readPolicy({ document: policy.document, raw: sound }, kind);
  const findings = examine(reading, kind, values);
  const kept: JsonObject[] = [];
  let place: number | undefined;
  for (const statement of reading.statements) {
    const found = foundAt(findings, statement.at);
    const stays = found.length > 0 ? repairMeaning(statement, found, kind, values) : statement.raw;
    if (stays && !isSuperseded(statement, reading.statements, findings, kind, values)) kept.push(stays);
    else place ??= kept.length;
  }
  const missing = missingFrom(kept, kind, values);
  const isRoot = ({ Sid }: PolicyStatement) => Sid === 'EnableIAMUserPermissions';
  const used = new Set(kept.map(({ Sid }) => String(Sid)));
  const add = (statements: PolicyStatement[]) =>
    statements.map((one) => ({ ...one, Sid: soundSid(one.Sid, kind, used) }) as JsonObject);
  kept.splice(place ?? kept.length, 0, ...add(missing.filter((one) => !isRoot(one))));
  return whole(policy, [...add(missing.filter(isRoot)), ...kept]);
}

/** A part of what we need, allowed to us alone, goes where the whole of it is put in. */
function isSuperseded(
  statement: Statement,
  all: readonly Statement[],
  findings: readonly Finding[],
  kind: PolicyKind,
  values: DoctorValues,
): boolean {
  if (kind === 'trust' || statement.effect === 'Deny') return false;
  const clean = all.filter(({ at }) => foundAt(findings, at).length === 0);
  const cryptographic = cryptographicFor(values);
  const complete = cryptographic.every((action) => allowsUse(clean, action, kind, values) === 'directly');
  const onlyOurs =
    !statement.principals ||
    (statement.principals.list.length === 1 && concerns(statement, callerFor(kind, values)) === 'itself');
  return !complete && onlyOurs && cryptographic.some((action) => coversAction(statement, action));
}

/** Those of our statements whose work nothing that is kept does. */
function missingFrom(kept: readonly JsonObject[], kind: PolicyKind, values: DoctorValues): PolicyStatement[] {
  const document = { Version: '2012-10-17', Statement: [...kept] };
  const { statements } = readPolicy({ document, raw: [...kept] }, kind);
  const directly = (request: ReturnType<typeof describing>) => allows(statements, request, kind, values) === 'directly';
  const done = new Map([
    ['EnableIAMUserPermissions', hasRoot(statements, values)],
    ['KeywardDescribesThisKey', directly(describing(values))],
    [
      'KeywardUsesThisKey',
      cryptographicFor(values).every((action) => allowsUse(statements, action, kind, values) === 'directly'),
    ],
    ['KeywardOnlyInThisContext', deniesOtherContexts(statements, values)],
    ['KeywardAssumesThisRole', statements.some(({ effect }) => effect === 'Allow')],
  ]);
  return ours(kind, values).filter(({ Sid }) => !done.get(Sid));
}

/** The policy that the console shows. */
function ours(kind: PolicyKind, values: DoctorValues): PolicyStatement[] {
  switch (kind) {
    case 'trust':
      return trustPolicy(values).Statement;
    case 'permission':
      return permissionPolicy({ ...values, keyArn: values.keyArn ?? '' }).Statement;
    case 'key':
      return keyPolicy({ ...values, accountId: values.keyAccountId }).Statement;
  }
}

/** The Version of today, since an older one reads some words differently; an Id stays. */
function whole({ document }: ReadPolicy, statements: readonly (JsonObject | PolicyStatement)[]) {
  const { Id: id } = document;
  const Statement = JSON.parse(JSON.stringify(statements)) as Json[];
  return { Version: '2012-10-17', ...(typeof id === 'string' ? { Id: id } : {}), Statement };
}

/** The one key of this account and region that the policy names, where nobody has said yet which it is. */
function keyArnIn(raw: readonly Json[], values: DoctorValues): string | null {
  const { statements } = readPolicy({ document: {}, raw: [...raw] }, 'permission');
  const named = new Set(statements.flatMap(({ resources }) => resources?.list ?? []));
  const keys = [...named].flatMap((name) => {
    const key = parseKeyReference(name);
    const here = key.ok && key.value.kind === 'key' && key.value.region === values.region;
    return here && key.value.accountId === values.keyAccountId ? key.value.arn : [];
  });
  return keys.length === 1 ? (keys[0] ?? null) : null;
}

function foundAt(findings: readonly Finding[], at: number): Finding[] {
  return findings.filter(({ statement }) => statement === at);
}
