import type { Finding } from './finding.ts';
import { allows, allowsUse, policyFindings } from './policy-rules.ts';
import type { DoctorValues, PolicyKind, Statement } from './policy-shape.ts';
import type { ReadPolicy } from './read-policy.ts';
import { cryptographicFor, describing } from './request.ts';
import { statementFindings } from './statement-rules.ts';
import { type Whose, whoseIs } from './whose.ts';

/** Everything that is found in a policy, statement by statement, and at the end what the whole lacks. */
export function examine(policy: ReadPolicy, kind: PolicyKind, values: DoctorValues): Finding[] {
  const { statements, unread, findings } = policy;
  const whose = whoseOf(statements, kind, values);
  const found = [
    ...findings,
    ...statements.flatMap((statement) => statementFindings(statement, kind, values, whose.get(statement) ?? 'theirs')),
  ];
  // What a statement that cannot be read would have said is not known, so nothing is said to be missing.
  const whole = unread.size > 0 ? [] : policyFindings(statements, kind, values, found);
  return [...found, ...whole].sort((one, other) => place(one) - place(other));
}

/** Whose each of the statements is. */
export function whoseOf(
  statements: readonly Statement[],
  kind: PolicyKind,
  values: DoctorValues,
): Map<Statement, Whose> {
  const met = kind === 'permission' && isMet(statements, values);
  return new Map(statements.map((statement) => [statement, whoseIs(statement, kind, values, met)]));
}

/** Whether the role may do all that Keyward needs. */
function isMet(statements: readonly Statement[], values: DoctorValues): boolean {
  const uses = cryptographicFor(values).every((action) => allowsUse(statements, action, 'permission', values) !== 'no');
  return uses && allows(statements, describing(values), 'permission', values) !== 'no';
}

function place({ statement }: Finding): number {
  return statement ?? Number.MAX_SAFE_INTEGER;
}
