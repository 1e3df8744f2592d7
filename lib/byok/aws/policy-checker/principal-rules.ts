import type { Finding } from './finding.ts';
import type { FindingCode } from './finding-words.ts';
import { misnamed } from './misnamed.ts';
import { arnParts } from './patterns.ts';
import type { CheckerValues, PolicyKind, Principal, Statement } from './policy-shape.ts';
import { accountOf, reachOf } from './reach.ts';
import { callerOf, names } from './request.ts';
import type { Whose } from './whose.ts';

/** Whom an Allow lets in: is it the role that is meant, and nobody beside it? */
export function principalFindings(
  statement: Statement,
  kind: PolicyKind,
  values: CheckerValues,
  whose: Whose,
): Finding[] {
  if (!statement.principals || statement.effect === 'Deny' || statement.principals.inverted) return [];
  const found = reachOf(statement).flatMap((principal) => {
    const code =
      kind === 'trust' ? inTrust(principal, statement, values) : inKeyPolicy(principal, statement, values, whose);
    return code ? [{ code, statement: statement.at, field: 'Principal', detail: principal.name }] : [];
  });
  // Several accounts of a condition are one principal to whoever wrote it.
  const seen = new Set<string>();
  return found.filter(({ code }) => code === 'others-trusted' || (!seen.has(code) && seen.add(code)));
}

function inTrust(principal: Principal, statement: Statement, values: CheckerValues): FindingCode | undefined {
  const service = callerOf(values.serviceRoleArn);
  if (principal.type === '*') return 'everyone-trusted';
  if (principal.name === service.arn && principal.type === 'AWS') return undefined;
  const ofVendor = names(principal, service) === 'account' || accountOf(principal) === service.accountId;
  if (ofVendor) return values.shape.trustPrincipal === 'account' ? undefined : 'vendor-account-trusted';
  const asNamed = statement.principals?.list.some(({ name }) => name === principal.name) === true;
  return (asNamed ? misnamed(principal, service) : undefined) ?? 'others-trusted';
}

function inKeyPolicy(
  principal: Principal,
  statement: Statement,
  values: CheckerValues,
  whose: Whose,
): FindingCode | undefined {
  const role = callerOf(values.roleArn);
  const service = callerOf(values.serviceRoleArn);
  if (principal.type === '*') return 'everyone-trusted';
  const vendor = principal.type === 'AWS' && (arnParts(principal.name)[4] ?? principal.name) === service.accountId;
  if (vendor && service.accountId !== role.accountId) return 'vendor-on-key';
  const asNamed = statement.principals?.list.some(({ name }) => name === principal.name) === true;
  const how = asNamed ? misnamed(principal, role) : undefined;
  // Somebody else's role may be called the same, or be gone: that is a fault where the statement is meant for ours.
  return whose === 'theirs' && how !== 'role-spelt-otherwise' ? undefined : how;
}
