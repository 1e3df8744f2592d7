/**
 * Whose a statement is. Only what is meant for Keyward is judged by what Keyward needs, and only that is ever replaced: what
 * others need stays word for word.
 */
import { tenantConditionKey } from '../policies.ts';
import { conditionsHold } from './conditions.ts';
import { isMeant, misnamed } from './misnamed.ts';
import { hasWildcard } from './patterns.ts';
import type { CheckerValues, PolicyKind, Principal, Statement } from './policy-shape.ts';
import { problemOfPrincipal } from './principal-names.ts';
import { accountOf, reachOf } from './reach.ts';
import { type Caller, callerFor, callerOf, isKeyAction, names, ownRequests } from './request.ts';

export type Whose = 'ours' | 'shared' | 'theirs';

/** Whose a statement is by its own words. */
export function whoseIs(statement: Statement, kind: PolicyKind, values: CheckerValues): Whose {
  if (kind === 'permission') return whoseAction(statement);
  const list = statement.principals?.list ?? [];
  const demands = demandsOurs(statement, values);
  if (statement.principals?.inverted) return demands ? 'ours' : whoseInverted(statement, kind, values);
  const ours = list.filter(
    (principal) =>
      isOurs(principal, statement, kind, values) || (demands && mayStandForUs(principal, callerFor(kind, values))),
  );
  if (ours.length === 0) return 'theirs';
  return ours.length === list.length ? 'ours' : 'shared';
}

/** An Allow for everyone but some is for us too; a Deny of everyone but some is about us where we are one of them. */
function whoseInverted(statement: Statement, kind: PolicyKind, values: CheckerValues): Whose {
  if (statement.effect === 'Allow') return isOpen(statement) ? 'ours' : 'theirs';
  const named = statement.principals?.list.some((principal) => isOurs(principal, statement, kind, values));
  return named ? 'shared' : 'theirs';
}

/** Whether a principal of the statement is meant for Keyward. */
export function isOurs(principal: Principal, statement: Statement, kind: PolicyKind, values: CheckerValues): boolean {
  if (principal.type === '*') return isEverybodyUs(statement, kind, values);
  const caller = callerFor(kind, values);
  if (names(principal, caller) === 'itself' || isMeant(principal, caller)) return true;
  const service = callerOf(values.serviceRoleArn);
  const vendor = principal.type === 'AWS' && principal.name.includes(service.accountId);
  return vendor && service.accountId !== callerOf(values.roleArn).accountId;
}

/** Whether the words of a statement that cannot be read name something of ours. */
export function mentionsUs(raw: unknown, kind: PolicyKind, values: CheckerValues): boolean {
  const text = JSON.stringify(raw ?? null);
  if (kind === 'permission') return /"kms:/i.test(text);
  const named = kind === 'trust' ? [] : [values.roleArn];
  return [...named, values.serviceRoleArn, values.externalId, values.tenantId, tenantConditionKey].some((word) =>
    text.includes(word),
  );
}

function whoseAction(statement: Statement): Whose {
  const { list, inverted } = statement.actions;
  if (inverted) return 'ours';
  const onKeys = list.filter(isKeyAction);
  if (onKeys.length === 0) return 'theirs';
  return onKeys.length === list.length ? 'ours' : 'shared';
}

/** Our external ID, or an encryption context of ours: nobody else demands that. */
function demandsOurs(statement: Statement, values: CheckerValues): boolean {
  return (
    demandsContext(statement) ||
    statement.conditions.some(
      ({ key, values: wanted }) => key.toLowerCase() === 'sts:externalid' && wanted.includes(values.externalId),
    )
  );
}

export function demandsContext({ conditions }: Statement): boolean {
  return conditions.some(({ key }) => key.toLowerCase() === tenantConditionKey.toLowerCase());
}

/** Who may be meant for us where what only we can present is demanded: everybody, an account, or a name with a slip in it. */
function mayStandForUs(principal: Principal, caller: Caller): boolean {
  return (
    principal.type === '*' ||
    accountOf(principal) !== undefined ||
    misnamed(principal, caller) !== undefined ||
    problemOfPrincipal(principal.type, principal.name) !== undefined
  );
}

/** Everybody, where the conditions leave us alone, or let everybody in and us among them. */
function isEverybodyUs(statement: Statement, kind: PolicyKind, values: CheckerValues): boolean {
  const caller = callerFor(kind, values);
  const pinned = statement.conditions.some(
    ({ key, values: wanted }) =>
      key.toLowerCase() === 'aws:principalarn' && wanted.includes(caller.arn) && !wanted.some(hasWildcard),
  );
  if (pinned) return true;
  if (!isOpen(statement)) return kind === 'trust' && isOfVendor(statement, values);
  return ownRequests(kind, values).some(({ context }) => conditionsHold(statement.conditions, context) !== 'no');
}

function isOpen(statement: Statement): boolean {
  return reachOf(statement).some(({ type }) => type === '*');
}

function isOfVendor(statement: Statement, values: CheckerValues): boolean {
  const service = callerOf(values.serviceRoleArn);
  return reachOf(statement).some((one) => names(one, service) !== 'no');
}
