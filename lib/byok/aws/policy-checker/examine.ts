import { asideIn } from './aside.ts';
import type { Finding } from './finding.ts';
import { gradeFindings } from './grade.ts';
import { policyFindings } from './policy-rules.ts';
import type { CheckerValues, PolicyKind, Statement } from './policy-shape.ts';
import type { ReadPolicy } from './read-policy.ts';
import { statementFindings } from './statement-rules.ts';
import { type Whose, whoseIs } from './whose.ts';

/** Everything that is found in a policy, statement by statement, and at the end what the whole lacks. */
export function examine(policy: ReadPolicy, kind: PolicyKind, values: CheckerValues): Finding[] {
  const { statements, unread, findings } = policy;
  const whose = whoseOf(policy, kind, values);
  const alone = statements.flatMap((statement) =>
    statementFindings(statement, kind, values, whose.get(statement) ?? 'theirs'),
  );
  const found = [...findings, ...gradeFindings(alone, statements, kind, values)];
  // What a statement that cannot be read would have said is not known, so nothing is said to be missing.
  const whole = unread.size > 0 ? [] : policyFindings(statements, kind, values, found);
  return [...found, ...whole].sort((one, other) => place(one) - place(other));
}

/** Whose each of the statements is, in the light of the others. */
export function whoseOf(
  { statements, findings }: ReadPolicy,
  kind: PolicyKind,
  values: CheckerValues,
): Map<Statement, Whose> {
  const aside = asideIn(statements, findings, kind, values);
  return new Map(
    statements.map((statement) => [statement, aside.has(statement) ? 'theirs' : whoseIs(statement, kind, values)]),
  );
}

function place({ statement }: Finding): number {
  return statement ?? Number.MAX_SAFE_INTEGER;
}
