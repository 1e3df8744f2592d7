import type { Finding } from './finding.ts';
import type { CheckerValues, PolicyKind, Statement } from './policy-shape.ts';
import { callerFor, later, ownRequests, repairing, speaksOf } from './request.ts';

/** Whether a Deny hits a request of ours, now or one day, or whoever would have to repair the policy. */
export function denyFindings(statement: Statement, kind: PolicyKind, values: CheckerValues): Finding[] {
  // AWS does not save it, so it hits nobody.
  if (kind === 'trust' && statement.principals?.inverted) return [];
  const caller = callerFor(kind, values);
  const answersAt = (now: number | undefined) =>
    ownRequests(kind, now === undefined ? values : { ...values, now }).map((request) =>
      speaksOf(statement, request, caller, values),
    );
  const answers = answersAt(undefined);
  const field = statement.conditions.length > 0 ? 'Condition' : statement.actions.inverted ? 'NotAction' : 'Action';
  const detail = statement.conditions.length > 0 ? { detail: keysOf(statement) } : {};
  const findings: Finding[] = [];
  // Sessions of a role are hit even where the role is named, so the words alone tell nothing.
  if (statement.principals?.inverted) {
    findings.push({ code: 'not-principal', statement: statement.at, field: 'NotPrincipal' });
  }
  if (answers.includes('yes')) findings.push({ code: 'denied-to-us', statement: statement.at, field, ...detail });
  else if (answers.includes('unknown') || answersAt(later).includes('yes')) {
    findings.push({ code: 'may-be-denied-to-us', statement: statement.at, field, ...detail });
  }
  if (kind === 'key' && locksOut(statement, values)) {
    findings.push({ code: 'root-denied', statement: statement.at, field: 'Principal' });
  }
  return findings;
}

/** Whether the account's own root is hit where it would have to repair the policy. */
function locksOut(statement: Statement, values: CheckerValues): boolean {
  const { caller, request } = repairing(values);
  return speaksOf(statement, request, caller, values) === 'yes';
}

function keysOf({ conditions }: Statement): string {
  return [...new Set(conditions.map(({ key }) => key))].join(', ');
}
