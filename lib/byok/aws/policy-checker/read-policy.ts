/**
 * The words of a policy, statement by statement. What AWS would refuse to save is a finding; a statement that lacks
 * something, or has a value that cannot be, is not interpreted further.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */

import { characterFindings, lengthFindings } from './document-limits.ts';
import type { Finding } from './finding.ts';
import type { PolicyText } from './open-envelope.ts';
import type { JsonObject, PolicyKind, Statement } from './policy-shape.ts';
import { conditionsIn, isObject, principalsIn, statementProblems, texts } from './statement-grammar.ts';

export type ReadPolicy = {
  statements: Statement[];
  /** Places of those that are not interpreted. */
  unread: Set<number>;
  findings: Finding[];
};

/** Elements of a document beside its statements. */
export const documentElements: readonly string[] = ['Version', 'Id', 'Statement'];
export const versions: readonly unknown[] = ['2012-10-17', '2008-10-17'];

export function readPolicy({ text, members, statements: given }: PolicyText, kind: PolicyKind): ReadPolicy {
  const findings: Finding[] = [...lengthFindings(text, kind)];
  for (const [name, { value }] of members) {
    if (!documentElements.includes(name)) findings.push({ code: 'unknown-element', statement: null, field: name });
    if (name !== 'Statement') findings.push(...characterFindings({ [name]: value }, null));
  }
  const version = members.get('Version')?.value;
  if (version !== undefined && !versions.includes(version)) {
    findings.push({ code: 'bad-value', statement: null, field: 'Version' });
  }
  if (given.length === 0) findings.push({ code: 'bad-value', statement: null, field: 'Statement' });
  const withVariables = version === '2012-10-17';
  const sids = new Set<unknown>();
  const statements: Statement[] = [];
  const unread = new Set<number>();
  for (const [at, { value }] of given.entries()) {
    const problems = isObject(value)
      ? statementProblems(value, kind, sids)
      : [{ code: 'bad-value', field: null } as const];
    findings.push(...problems.map((problem) => ({ ...problem, statement: at })), ...characterFindings(value, at));
    if (!isObject(value) || problems.some(({ code }) => unreadable.includes(code))) unread.add(at);
    else statements.push(interpret(value, at, kind, withVariables));
  }
  return { statements, unread, findings };
}

/** After these nobody can say what the statement means. */
const unreadable: readonly Finding['code'][] = [
  'bad-value',
  'bad-operator',
  'bad-condition-value',
  'bad-condition-key',
  'null-if-exists',
  'condition-twice',
];

/** What a statement's words mean. */
export function interpret(raw: JsonObject, at: number, kind: PolicyKind, withVariables: boolean): Statement {
  const principal = kind === 'permission' ? undefined : (raw.Principal ?? raw.NotPrincipal);
  const resource = kind === 'trust' ? undefined : (raw.Resource ?? raw.NotResource);
  return {
    at,
    raw,
    effect: raw.Effect === 'Deny' ? 'Deny' : 'Allow',
    principals: principal === undefined ? null : { list: principalsIn(principal), inverted: 'NotPrincipal' in raw },
    actions: { list: texts(raw.Action ?? raw.NotAction), inverted: 'NotAction' in raw },
    resources:
      kind === 'trust' || (resource === undefined && kind === 'permission')
        ? null
        : { list: texts(resource), inverted: 'NotResource' in raw },
    conditions: conditionsIn(raw.Condition, withVariables),
  };
}
