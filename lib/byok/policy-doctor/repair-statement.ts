import type { Finding } from './finding.ts';
import type { DoctorValues, PolicyKind, Principal, Statement } from './policy-shape.ts';
import { isMisplaced } from './principal-rules.ts';
import type { Json } from './read-json.ts';
import { names } from './request.ts';
import { callerFor } from './statement-rules.ts';

type JsonObject = { [name: string]: Json };

/** A statement without what AWS refuses to save, or undefined where nothing sensible is left. `taken` holds used Sids. */
export function repairWords(
  raw: Json,
  found: readonly Finding[],
  kind: PolicyKind,
  taken: Set<string>,
): JsonObject | undefined {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return undefined;
  if (found.some(({ code }) => code === 'bad-value')) return undefined;
  const unknown = found.flatMap(({ code, field }) => (code === 'unknown-element' ? (field ?? []) : []));
  const misplaced =
    kind === 'permission' ? ['Principal', 'NotPrincipal'] : kind === 'trust' ? ['Resource', 'NotResource'] : [];
  const kept = Object.entries(raw).filter(([name]) => !unknown.includes(name) && !misplaced.includes(name));
  return { ...Object.fromEntries(kept), ...(raw.Sid === undefined ? {} : { Sid: soundSid(raw.Sid, kind, taken) }) };
}

/** A Sid that AWS takes and that is not used yet; it stays what it was where it can. */
export function soundSid(sid: Json, kind: PolicyKind, taken: Set<string>): string {
  const plain = typeof sid === 'string' ? sid.replace(kind === 'key' ? /[^A-Za-z0-9 ]/g : /[^A-Za-z0-9]/g, '') : '';
  let free = plain;
  for (let count = 2; free !== '' && taken.has(free); count++) free = `${plain}${count}`;
  taken.add(free);
  return free;
}

/**
 * A statement with findings as it may stay, or undefined where it goes. What was meant for us goes, since sound
 * statements take its place; what was meant for others stays, without us in it.
 */
export function repairMeaning(
  statement: Statement,
  found: readonly Finding[],
  kind: PolicyKind,
  values: DoctorValues,
): JsonObject | undefined {
  if (kind === 'permission') return undefined;
  if (statement.effect === 'Deny') return repairDeny(statement, found, kind, values);
  if (kind === 'trust' || !statement.principals || statement.principals.inverted) return undefined;
  const caller = callerFor(kind, values);
  return withPrincipals(statement, (one) => names(one, caller) !== 'itself' && !isMisplaced(one, statement, values));
}

function repairDeny(
  statement: Statement,
  found: readonly Finding[],
  kind: PolicyKind,
  values: DoctorValues,
): JsonObject | undefined {
  const { principals, conditions, raw } = statement;
  const caller = callerFor(kind, values);
  const locksOut = found.some(({ code }) => code === 'root-denied');
  if (!principals || (locksOut && conditions.length === 0)) return undefined;
  const onlyUs = principals.list.every((one) => one.type !== '*' && names(one, caller) === 'itself');
  if (onlyUs && !principals.inverted) return undefined;
  const root = `arn:${values.partition}:iam::${values.keyAccountId}:root`;
  const spared = principals.inverted ? principals.list.map(({ name }) => asArn(name, values)) : [];
  return sparing(raw, [...spared, ...(locksOut ? [root] : []), caller.arn]);
}

/** A Deny that leaves these out: a condition also spares the sessions of a role, which NotPrincipal does not. */
function sparing(raw: JsonObject, arns: readonly string[]): JsonObject {
  const { NotPrincipal: _, ...rest } = raw;
  const block = asObject(raw.Condition);
  const lines = asObject(block.ArnNotEquals);
  const before = [lines['aws:PrincipalArn'] ?? []].flat();
  const all = [...new Set([...before, ...arns])];
  const spared = { ...lines, 'aws:PrincipalArn': all.length === 1 ? (all[0] ?? '') : all };
  return {
    ...rest,
    ...('NotPrincipal' in raw ? { Principal: '*' } : {}),
    Condition: { ...block, ArnNotEquals: spared },
  };
}

function withPrincipals(statement: Statement, stays: (principal: Principal) => boolean): JsonObject | undefined {
  const list = statement.principals?.list.filter((one) => one.type !== '*' && stays(one)) ?? [];
  if (list.length === 0) return undefined;
  const types = [...new Set(list.map(({ type }) => type))];
  const Principal = Object.fromEntries(
    types.map((type) => {
      const named = list.filter((one) => one.type === type).map(({ name }) => name);
      return [type, named.length === 1 ? (named[0] ?? '') : named];
    }),
  );
  return { ...statement.raw, Principal };
}

function asArn(name: string, { partition }: DoctorValues): string {
  return /^\d{12}$/.test(name) ? `arn:${partition}:iam::${name}:root` : name;
}

function asObject(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
