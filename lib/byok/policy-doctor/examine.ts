import type { Finding } from './finding.ts';
import { policyFindings } from './policy-rules.ts';
import type { DoctorValues, PolicyKind } from './policy-shape.ts';
import type { ReadPolicy } from './read-policy.ts';
import { statementFindings } from './statement-rules.ts';

/** Everything that is found in a policy, statement by statement, and at the end what the whole lacks. */
export function examine({ statements, findings }: ReadPolicy, kind: PolicyKind, values: DoctorValues): Finding[] {
  const found = [...findings, ...statements.flatMap((statement) => statementFindings(statement, kind, values))];
  // What a statement that cannot be read would have said is not known, so nothing is said to be missing.
  const unread = found.some(({ code, statement }) => code === 'bad-value' && statement !== null);
  const whole = unread ? [] : policyFindings(statements, kind, values, found);
  return [...found, ...whole].sort((one, other) => place(one) - place(other));
}

function place({ statement }: Finding): number {
  return statement ?? Number.MAX_SAFE_INTEGER;
}
