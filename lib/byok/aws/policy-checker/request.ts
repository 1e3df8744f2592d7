/** The requests that a policy has to allow us, and those that it has to refuse, and what a statement says to each. */
import { parseRoleArn } from '../arn.ts';
import { actionsOf } from '../policies.ts';
import { type SessionPurpose, sessionPurposes } from '../session-purposes.ts';
import { type Answer, conditionsHold, type RequestContext } from './conditions.ts';
import { matchesArn, matchesPattern } from './patterns.ts';
import type { CheckerValues, PolicyKind, Principal, Statement } from './policy-shape.ts';
import { assumeRoleContext, kmsContext, rootContext } from './request-context.ts';

export type Request = { action: string; context: RequestContext };

/** Whose request it is: the vendor's service role to a trust policy, the customer's role to the others. */
export type Caller = { arn: string; accountId: string; partition: string; roleName: string };

/** What is done with the key under our context, by what the configuration asks for. */
export function cryptographicFor(values: Pick<CheckerValues, 'dataKeyPair'>): string[] {
  return actionsOf(values);
}

/** This tenant and those that use the same key. */
export function tenantsOf({ tenantId, shape }: CheckerValues): string[] {
  return [tenantId, ...shape.otherTenants.filter((id) => id !== tenantId)];
}

export const describeKey = 'kms:DescribeKey';
export const assumeRole = 'sts:AssumeRole';

/** Long after any date that a policy names. */
export const later = Date.UTC(2200, 0, 1);

/** Any other tenant than the one that the policy is for. */
const anotherTenant = '00000000-0000-0000-0000-000000000000';

export function callerOf(arn: string): Caller {
  const role = parseRoleArn(arn);
  if (!role.ok) return { arn, accountId: '', partition: '', roleName: '' };
  const { accountId, partition, roleName } = role.value;
  return { arn, accountId, partition, roleName };
}

/** The caller whose request a policy of this kind decides. */
export function callerFor(kind: PolicyKind, values: CheckerValues): Caller {
  return callerOf(kind === 'trust' ? values.serviceRoleArn : values.roleArn);
}

/** AssumeRole with the external ID given, or without one. */
export function assuming(
  values: CheckerValues,
  externalId: string | null,
  purpose: SessionPurpose = 'keyward',
): Request {
  const caller = callerOf(values.serviceRoleArn);
  const sessionName = values.shape.otherTenants.length === 0 ? `${purpose}-${values.tenantId}` : null;
  return { action: assumeRole, context: assumeRoleContext(values, caller, { externalId, sessionName }) };
}

/** Every AssumeRole of ours. */
export function assumptions(values: CheckerValues): Request[] {
  return sessionPurposes.map((purpose) => assuming(values, values.externalId, purpose));
}

/** A cryptographic action for the data of our tenant or the one named, for another's, or without any encryption context. */
export function using(
  action: string,
  values: CheckerValues,
  whose: 'ours' | 'another' | 'none' | { tenantId: string } = 'ours',
): Request {
  const tenant = whose === 'ours' ? values.tenantId : whose === 'another' ? anotherTenant : '';
  const pairs = {
    'keyward:tenant': typeof whose === 'object' ? whose.tenantId : tenant,
    'keyward:purpose': 'data-key',
  };
  return { action, context: kmsContext(values, callerOf(values.roleArn), whose === 'none' ? null : pairs) };
}

/** DescribeKey carries no encryption context. */
export function describing(values: CheckerValues): Request {
  return { action: describeKey, context: kmsContext(values, callerOf(values.roleArn), null) };
}

/** Every request that we make and that a policy of this kind has to let through. */
export function ownRequests(kind: PolicyKind, values: CheckerValues): Request[] {
  if (kind === 'trust') return assumptions(values);
  const uses = tenantsOf(values).flatMap((tenantId) =>
    cryptographicFor(values).map((action) => using(action, values, { tenantId })),
  );
  return [...uses, describing(values)];
}

/** The account's own root user, who has to be able to put the next key policy. */
export function repairing(values: CheckerValues): { caller: Caller; request: Request } {
  const arn = `arn:${values.partition}:iam::${values.keyAccountId}:root`;
  const caller = { arn, accountId: values.keyAccountId, partition: values.partition, roleName: '' };
  return { caller, request: { action: 'kms:PutKeyPolicy', context: rootContext(values, arn) } };
}

/** How a principal names a caller; an account stands for all that is in it. */
export function names(principal: Principal, caller: Caller): 'itself' | 'account' | 'no' {
  if (principal.type === '*') return 'itself';
  if (principal.type !== 'AWS') return 'no';
  const { name } = principal;
  if (name === caller.arn) return 'itself';
  if (caller.roleName !== '' && name.startsWith(sessionsOf(caller))) return 'itself';
  const account = [caller.accountId, `arn:${caller.partition}:iam::${caller.accountId}:root`];
  return account.includes(name) ? 'account' : 'no';
}

/** What the ARNs of a role's sessions begin with. */
export function sessionsOf({ partition, accountId, roleName }: Caller): string {
  return `arn:${partition}:sts::${accountId}:assumed-role/${roleName}/`;
}

export function concerns(statement: Statement, caller: Caller): 'itself' | 'account' | 'no' {
  if (!statement.principals) return 'itself';
  const all = statement.principals.list.map((principal) => names(principal, caller));
  if (statement.principals.inverted) return isSpared(statement.principals.list, caller) ? 'no' : 'itself';
  return all.includes('itself') ? 'itself' : all.includes('account') ? 'account' : 'no';
}

/**
 * NotPrincipal spares the session of a role only where account, role and session are all named.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function isSpared(list: readonly Principal[], caller: Caller): boolean {
  const ways = list.map((principal) => names(principal, caller));
  if (!ways.includes('account') && caller.roleName !== '') return false;
  const isNamed = (arn: string) => list.some(({ name }) => name === arn || name.startsWith(arn));
  return caller.roleName === ''
    ? ways.includes('itself') || ways.includes('account')
    : list.some(({ name }) => name === caller.arn) && isNamed(sessionsOf(caller));
}

export function coversAction({ actions }: Statement, action: string): boolean {
  if (actions.list.length === 0) return false;
  const hit = actions.list.some((pattern) => matchesPattern(pattern.toLowerCase(), action.toLowerCase()));
  return hit !== actions.inverted;
}

/** Whether an action is KMS's, also where the service was forgotten. */
export function isKeyAction(action: string): boolean {
  const [service = '', name] = action.toLowerCase().split(':');
  if (name !== undefined) return matchesPattern(service, 'kms');
  return service === '*' || [...ownActions, describeKey].some((one) => one.toLowerCase() === `kms:${service}`);
}

const ownActions = actionsOf({ dataKeyPair: true });

/** Whether the statement is about our key. While that is not known, what names a key is taken to name another. */
export function coversKey({ resources }: Statement, values: CheckerValues): boolean {
  if (!resources) return true;
  if (resources.list.length === 0) return false;
  const hit = resources.list.some((pattern) => coversKeyArn(pattern, values));
  return hit !== resources.inverted;
}

export function coversKeyArn(pattern: string, { keyArn }: CheckerValues): boolean {
  return pattern === '*' || (keyArn !== null && matchesArn(pattern, keyArn));
}

/** Whether the statement speaks of this request by this caller on this key. */
export function speaksOf(statement: Statement, request: Request, caller: Caller, values: CheckerValues): Answer {
  if (concerns(statement, caller) === 'no') return 'no';
  if (!coversAction(statement, request.action) || !coversKey(statement, values)) return 'no';
  return conditionsHold(statement.conditions, request.context);
}
