/** Whether the Allows of a policy, taken together, give Keyward what it needs. A Deny is judged by itself. */
import { allows } from './policy-rules.ts';
import type { CheckerValues, PolicyKind, Statement } from './policy-shape.ts';
import { callerFor, later, ownRequests, type Request, speaksOf } from './request.ts';

/** A key policy has to name the role for it, unless the customer leaves that to its account. */
export function isMet(statements: readonly Statement[], kind: PolicyKind, values: CheckerValues): boolean {
  return ownRequests(kind, values).every((request) => lets(statements, request, kind, values));
}

/** Whether these let a request of ours for the action through by naming us, or may do so. */
export function give(
  statements: readonly Statement[],
  action: string,
  kind: PolicyKind,
  values: CheckerValues,
): boolean {
  return ownRequests(kind, values).some(
    (request) => request.action === action && lets(statements, request, kind, values),
  );
}

function lets(statements: readonly Statement[], request: Request, kind: PolicyKind, values: CheckerValues): boolean {
  const how = allows(statements, request, kind, values);
  return kind === 'key' ? how === 'directly' : how !== 'no';
}

/** Whether it is met for certain, and for good. */
export function isSurelyMet(statements: readonly Statement[], kind: PolicyKind, values: CheckerValues): boolean {
  const caller = callerFor(kind, values);
  return [values, { ...values, now: later }].every((given) =>
    ownRequests(kind, given).every((request) => {
      const sure = statements.filter((one) => speaksOf(one, request, caller, given) === 'yes');
      return allows(sure, request, kind, given) === 'directly';
    }),
  );
}

/** Whether a statement lets any request of ours through, or may do so. */
export function helps(statement: Statement, kind: PolicyKind, values: CheckerValues): boolean {
  return ownRequests(kind, values).some((request) => allows([statement], request, kind, values) !== 'no');
}
