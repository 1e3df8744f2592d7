/** The requests that a policy has to allow us, and those that it has to refuse, and what a statement says to each. */
import { parseRoleArn } from '../arn.ts';
import { actionsOf } from '../policies.ts';
import { type Answer, conditionsHold, type RequestContext } from './conditions.ts';
import { type DoctorValues, matchesPattern, type Principal, type Statement } from './policy-shape.ts';

export type Request = { action: string; context: RequestContext };

/** Whose request it is: the vendor's service role to a trust policy, the customer's role to the others. */
export type Caller = { arn: string; accountId: string; partition: string; roleName: string };

/** What is done with the key under our context, by what the configuration asks for. */
export function cryptographicFor(values: Pick<DoctorValues, 'dataKeyPair'>): string[] {
  return actionsOf(values);
}

/** This tenant and those that use the same key. */
export function tenantsOf({ tenantId, shape }: DoctorValues): string[] {
  return [tenantId, ...shape.otherTenants.filter((id) => id !== tenantId)];
}

export const describeKey = 'kms:DescribeKey';
export const assumeRole = 'sts:AssumeRole';

/** Any other tenant than the one that the policy is for. */
const anotherTenant = '00000000-0000-0000-0000-000000000000';

export function callerOf(arn: string): Caller {
  const role = parseRoleArn(arn);
  if (!role.ok) return { arn, accountId: '', partition: '', roleName: '' };
  const { accountId, partition, roleName } = role.value;
  return { arn, accountId, partition, roleName };
}

/** AssumeRole with the external ID given, or without one. */
export function assuming(values: DoctorValues, externalId: string | null): Request {
  const known = callerContext(callerOf(values.serviceRoleArn));
  known.set('sts:externalid', externalId === null ? [] : [externalId]);
  return { action: assumeRole, context: (key) => known.get(key) };
}

/** A cryptographic action for the data of our tenant or the one named, for another's, or without any encryption context. */
export function using(
  action: string,
  values: DoctorValues,
  whose: 'ours' | 'another' | 'none' | { tenantId: string } = 'ours',
): Request {
  const known = kmsContext(values);
  if (whose !== 'none') {
    const tenant = whose === 'ours' ? values.tenantId : whose === 'another' ? anotherTenant : whose.tenantId;
    known.set('kms:encryptioncontext:keyward:tenant', [tenant]);
    known.set('kms:encryptioncontext:keyward:purpose', ['data-key']);
    known.set('kms:encryptioncontextkeys', ['keyward:app', 'keyward:purpose', 'keyward:tenant']);
  }
  return { action, context: absentContext(known, whose === 'none') };
}

/** DescribeKey carries no encryption context. */
export function describing(values: DoctorValues): Request {
  return { action: describeKey, context: absentContext(kmsContext(values), true) };
}

/** How a principal names a caller; an account stands for all that is in it. */
export function names(principal: Principal, caller: Caller): 'itself' | 'account' | 'no' {
  if (principal.type === '*') return 'itself';
  if (principal.type !== 'AWS') return 'no';
  const { name } = principal;
  if (name === caller.arn) return 'itself';
  if (name.startsWith(`arn:${caller.partition}:sts::${caller.accountId}:assumed-role/${caller.roleName}/`))
    return 'itself';
  const account = [caller.accountId, `arn:${caller.partition}:iam::${caller.accountId}:root`];
  return account.includes(name) ? 'account' : 'no';
}

export function concerns(statement: Statement, caller: Caller): 'itself' | 'account' | 'no' {
  if (!statement.principals) return 'itself';
  const all = statement.principals.list.map((principal) => names(principal, caller));
  // NotPrincipal spares a role only where the role itself is named; its account does not stand for it there.
  if (statement.principals.inverted) return all.includes('itself') ? 'no' : 'itself';
  return all.includes('itself') ? 'itself' : all.includes('account') ? 'account' : 'no';
}

export function coversAction({ actions }: Statement, action: string): boolean {
  const hit = actions.list.some((pattern) => matchesPattern(pattern.toLowerCase(), action.toLowerCase()));
  return hit !== actions.inverted;
}

export function coversKey({ resources }: Statement, values: DoctorValues): boolean {
  if (!resources) return true;
  const key = values.keyArn;
  const hit = resources.list.some((pattern) => pattern === '*' || (key !== null && matchesPattern(pattern, key)));
  return hit !== resources.inverted;
}

/** Whether the statement speaks of this request by this caller on this key. */
export function speaksOf(statement: Statement, request: Request, caller: Caller, values: DoctorValues): Answer {
  if (concerns(statement, caller) === 'no') return 'no';
  if (!coversAction(statement, request.action) || !coversKey(statement, values)) return 'no';
  return conditionsHold(statement.conditions, request.context);
}

type Known = Map<string, string[]>;

function callerContext(caller: Caller): Known {
  return new Map([
    ['aws:principalarn', [caller.arn]],
    ['aws:principalaccount', [caller.accountId]],
    ['aws:principaltype', ['AssumedRole']],
    ['aws:securetransport', ['true']],
    ['aws:multifactorauthpresent', []],
    ['aws:multifactorauthage', []],
    ['aws:viaawsservice', ['false']],
    ['aws:username', []],
    ['aws:sourcearn', []],
    ['aws:sourceaccount', []],
  ]);
}

function kmsContext(values: DoctorValues): Known {
  const caller = callerOf(values.roleArn);
  const known = callerContext(caller);
  known.set('aws:requestedregion', [values.region]);
  known.set('aws:resourceaccount', [values.keyAccountId]);
  known.set('kms:calleraccount', [caller.accountId]);
  known.set('kms:viaservice', []);
  known.set('kms:grantisforawsresource', []);
  known.set('kms:requestalias', []);
  return known;
}

/** Every pair of an encryption context that we do not send is known to be absent; the app's ID is sent, and varies. */
function absentContext(known: Known, withoutAny: boolean): RequestContext {
  const prefix = 'kms:encryptioncontext:';
  if (withoutAny) known.set('kms:encryptioncontextkeys', []);
  return (key) => {
    const found = known.get(key);
    if (found || !key.startsWith(prefix)) return found;
    return !withoutAny && key === `${prefix}keyward:app` ? undefined : [];
  };
}
