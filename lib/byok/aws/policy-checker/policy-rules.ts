import type { Answer } from './conditions.ts';
import type { Finding } from './finding.ts';
import { findingWords } from './finding-words.ts';
import { misnamed } from './misnamed.ts';
import type { CheckerValues, PolicyKind, Statement } from './policy-shape.ts';
import {
  assuming,
  type Caller,
  callerFor,
  callerOf,
  concerns,
  coversAction,
  cryptographicFor,
  describeKey,
  describing,
  names,
  type Request,
  repairing,
  speaksOf,
  tenantsOf,
  using,
} from './request.ts';

/** What is missing from the policy as a whole. `found` is what its statements were found to be by themselves. */
export function policyFindings(
  statements: readonly Statement[],
  kind: PolicyKind,
  values: CheckerValues,
  found: readonly Finding[],
): Finding[] {
  if (kind === 'trust') {
    const trusted = allows(statements, assuming(values, values.externalId), kind, values) !== 'no';
    // A statement that was meant to do it has been told of already.
    const meant = found.some(({ code, statement }) => statement !== null && explains(code));
    return trusted || meant ? [] : [missing('service-role-not-trusted', 'Statement')];
  }
  const findings = actionsMissing(statements, kind, values, found);
  if (kind === 'permission') return findings;
  const root = hasRoot(statements, values) ? [] : [missing('root-missing', 'Statement')];
  const deny = deniesOtherContexts(statements, values) ? [] : [missing('context-deny-missing', 'Statement')];
  return [...root, ...findings, ...deny];
}

/**
 * The ways in which a request is allowed: by naming us, or by leaving it to IAM of our account. Where the customer wants the
 * account named, that is as good as naming us.
 */
export function allows(
  statements: readonly Statement[],
  request: Request,
  kind: PolicyKind,
  values: CheckerValues,
): 'directly' | 'by-account' | 'no' {
  const caller = callerFor(kind, values);
  const allowing = statements.filter(
    (statement) =>
      statement.effect === 'Allow' &&
      !namesSessionsOnly(statement, caller) &&
      speaksOf(statement, request, caller, values) !== 'no',
  );
  const how = allowing.map((statement) => concerns(statement, caller));
  const named = kind === 'trust' || values.shape.keyPrincipal === 'account';
  if (how.includes('itself') || (named && how.length > 0)) return 'directly';
  return how.length > 0 && caller.accountId === values.keyAccountId ? 'by-account' : 'no';
}

/** An Allow to sessions of the role by their names: each of ours has another. A Deny of some may well hit one of ours. */
function namesSessionsOnly({ principals }: Statement, caller: Caller): boolean {
  if (!principals || principals.inverted) return false;
  const us = principals.list.filter((one) => names(one, caller) !== 'no');
  return us.length > 0 && us.every((one) => misnamed(one, caller) === 'session-named');
}

/** The same for the use of the key, for the tenant that fares worst of those who use it. */
export function allowsUse(
  statements: readonly Statement[],
  action: string,
  kind: PolicyKind,
  values: CheckerValues,
): 'directly' | 'by-account' | 'no' {
  const ways = tenantsOf(values).map((tenantId) =>
    allows(statements, using(action, values, { tenantId }), kind, values),
  );
  return ways.includes('no') ? 'no' : ways.includes('by-account') ? 'by-account' : 'directly';
}

/**
 * The account keeps the key, whatever becomes of everybody else: its root user may put the next key policy. By which actions,
 * and whether under a condition that the root user meets, is the customer's.
 */
export function hasRoot(statements: readonly Statement[], values: CheckerValues): boolean {
  const { caller, request } = repairing(values);
  // Everybody of an account has its root user among them, where the condition surely lets that one in.
  const letsIn = ({ principals }: Statement, answer: Answer) =>
    principals?.list.some(({ type, name }) =>
      type === '*' ? answer === 'yes' : answer !== 'no' && [caller.arn, caller.accountId].includes(name),
    );
  return statements.some(
    (statement) =>
      statement.effect === 'Allow' &&
      !statement.principals?.inverted &&
      letsIn(statement, speaksOf(statement, request, caller, values)),
  );
}

/** Whether a Deny stops the role in another tenant's context and without any. */
export function deniesOtherContexts(statements: readonly Statement[], values: CheckerValues): boolean {
  const caller = callerOf(values.roleArn);
  return cryptographicFor(values).every((action) =>
    (['another', 'none'] as const).every((whose) =>
      statements.some(
        (statement) =>
          statement.effect === 'Deny' && speaksOf(statement, using(action, values, whose), caller, values) === 'yes',
      ),
    ),
  );
}

function actionsMissing(
  statements: readonly Statement[],
  kind: PolicyKind,
  values: CheckerValues,
  found: readonly Finding[],
): Finding[] {
  const failing = new Set(found.flatMap(({ code, statement }) => (explains(code) ? statement : [])));
  const explained = (action: string) =>
    statements.some((one) => one.effect === 'Allow' && failing.has(one.at) && coversAction(one, action));
  const missingActions: string[] = [];
  const byAccount: string[] = [];
  for (const action of [...cryptographicFor(values), describeKey]) {
    const how =
      action === describeKey
        ? allows(statements, describing(values), kind, values)
        : allowsUse(statements, action, kind, values);
    if (how === 'directly' || explained(action)) continue;
    if (how === 'by-account') byAccount.push(action);
    else missingActions.push(action);
  }
  return [
    ...(missingActions.length > 0 ? [missing('action-missing', 'Action', missingActions)] : []),
    ...(byAccount.length > 0 ? [missing('role-by-account-only', 'Principal', byAccount)] : []),
  ];
}

/** Whether a finding tells by itself why nothing is allowed. */
function explains(code: Finding['code']): boolean {
  return findingWords[code].severity === 'fails' || findingWords[code].severity === 'refused';
}

function missing(code: Finding['code'], field: string, details: readonly string[] = []): Finding {
  return { code, statement: null, field, ...(details.length > 0 ? { detail: details.join(', ') } : {}) };
}
