import type { Finding } from './finding.ts';
import type { FindingCode } from './finding-words.ts';
import type { DoctorValues, PolicyKind, Principal, Statement } from './policy-shape.ts';
import { type Caller, callerOf, names } from './request.ts';

/** Whom an Allow speaks to: is it the role that is meant, and nobody beside it? */
export function principalFindings(statement: Statement, kind: PolicyKind, values: DoctorValues): Finding[] {
  if (!statement.principals || statement.effect === 'Deny') return [];
  const finding = (code: FindingCode, detail?: string): Finding => ({
    code,
    statement: statement.at,
    field: statement.principals?.inverted ? 'NotPrincipal' : 'Principal',
    ...(detail === undefined ? {} : { detail }),
  });
  if (statement.principals.inverted) return [finding('not-principal')];
  return statement.principals.list.flatMap((principal) => {
    const code = kind === 'trust' ? inTrust(principal, statement, values) : inKeyPolicy(principal, statement, values);
    return code ? [finding(code, principal.name)] : [];
  });
}

/** Principals that a correction takes out of a key policy's statement. */
export function isMisplaced(principal: Principal, statement: Statement, values: DoctorValues): boolean {
  return inKeyPolicy(principal, statement, values) !== undefined;
}

function inTrust(principal: Principal, statement: Statement, values: DoctorValues): FindingCode | undefined {
  const service = callerOf(values.serviceRoleArn);
  if (principal.type === '*') return isNarrowed(statement) ? undefined : 'everyone-trusted';
  if (principal.name === service.arn && principal.type === 'AWS') return undefined;
  if (names(principal, service) === 'account')
    return values.shape.trustPrincipal === 'account' ? undefined : 'vendor-account-trusted';
  return misnamed(principal, service) ?? 'others-trusted';
}

function inKeyPolicy(principal: Principal, statement: Statement, values: DoctorValues): FindingCode | undefined {
  if (principal.type === '*') return isNarrowed(statement) ? undefined : 'everyone-trusted';
  const role = callerOf(values.roleArn);
  const service = callerOf(values.serviceRoleArn);
  if (names(principal, service) !== 'no' && service.accountId !== role.accountId) return 'vendor-on-key';
  return misnamed(principal, role);
}

/** The role that is meant, named in a way by which AWS knows another one, or none. */
function misnamed({ type, name }: Principal, meant: Caller): FindingCode | undefined {
  if (type !== 'AWS') return undefined;
  if (/^A(?:RO|ID)A[A-Z0-9]{10,}$/.test(name)) return 'gone-principal';
  const [, partition, service, , accountId, resource = ''] = name.split(':');
  if (service === 'sts' && resource.startsWith(`assumed-role/${meant.roleName}/`)) return 'session-named';
  if (partition !== undefined && partition !== meant.partition) return 'wrong-partition';
  const sameName = resource.startsWith('role/') && resource.split('/').at(-1) === meant.roleName;
  return sameName && accountId !== meant.accountId ? 'wrong-account' : undefined;
}

/** Conditions that say whom "everyone" really means. */
const narrowing = [
  'aws:principalarn',
  'aws:principalaccount',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:userid',
  'aws:sourceaccount',
  'aws:sourcearn',
  'kms:calleraccount',
];

function isNarrowed({ conditions }: Statement): boolean {
  return conditions.some(
    ({ key, operator, values, ifExists, set }) =>
      narrowing.includes(key.toLowerCase()) &&
      /^(?:String|Arn)(?:Equals|Like)(?:IgnoreCase)?$/.test(operator) &&
      !ifExists &&
      set !== 'ForAllValues' &&
      !values.includes('*'),
  );
}
