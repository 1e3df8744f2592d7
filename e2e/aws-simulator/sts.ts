import { randomBytes } from 'node:crypto';
import { AwsError, unsupported } from './errors.ts';
import { type Decision, decide } from './policy/decide.ts';
import { parsePolicy } from './policy/document.ts';
import { PolicyError } from './policy/policy-error.ts';
import { type CallEnvironment, requestContext } from './policy/request-context.ts';
import { PARTITIONS } from './regions.ts';
import { type Caller, sessionArn } from './world/callers.ts';
import { newIamId } from './world/iam-ids.ts';
import type { Role, Session } from './world/types.ts';
import { findRole, partitionOf, type World } from './world/world.ts';

export interface StsCall {
  world: World;
  environment: CallEnvironment;
  /** The form fields of the query protocol. */
  input: Readonly<Record<string, string>>;
  /** The role that the call turned out to be about; the log of calls names it. */
  touched: Role[];
}

/** The members of an answer's result element, in order; nested records become nested elements. */
export interface StsResult {
  [name: string]: string | StsResult;
}

const ROLE_ARN = new RegExp(`^arn:(?:${PARTITIONS}):iam::(\\d{12}):role/(?:[\\x21-\\x7e]+/)?([\\w+=,.@-]{1,64})$`);
const API_VERSION = '2011-06-15';
const MIN_DURATION_S = 900;
const MAX_DURATION_S = 43_200;
const DEFAULT_DURATION_S = 3600;
/** Sessions of a role that was itself assumed end after an hour at most. */
const MAX_CHAINED_S = 3600;

const OPERATIONS: Readonly<Record<string, { parameters: readonly string[]; run(call: StsCall): StsResult }>> = {
  AssumeRole: {
    parameters: ['RoleArn', 'RoleSessionName', 'ExternalId', 'DurationSeconds', 'Policy'],
    run: assumeRole,
  },
  GetCallerIdentity: { parameters: [], run: getCallerIdentity },
};

/** @throws AwsError; `SimulatorUnsupported` for an operation or a parameter that the simulator does not know. */
export function callSts(action: string, call: StsCall): StsResult {
  const { Action: _, Version: version, ...parameters } = call.input;
  if (version !== API_VERSION) throw new AwsError('InvalidAction', `Version must be ${API_VERSION}.`);
  const operation = Object.hasOwn(OPERATIONS, action) ? OPERATIONS[action] : undefined;
  if (!operation) throw unsupported(`the STS operation ${action}`);
  for (const name of Object.keys(parameters)) {
    if (!operation.parameters.includes(name)) throw unsupported(`${name} in the STS operation ${action}`);
  }
  return operation.run(call);
}

/** Needs no permission, and not even an explicit deny stops it. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
function getCallerIdentity({ environment: { caller } }: StsCall): StsResult {
  return { Arn: caller.arn, UserId: caller.userId, Account: caller.accountId };
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
function assumeRole(call: StsCall): StsResult {
  const { input, world, environment } = call;
  const arn = ROLE_ARN.exec(input.RoleArn ?? '');
  if (!arn) throw invalid('roleArn', `${input.RoleArn ?? 'null'} is invalid`);
  const [roleArn, accountId = '', roleName = ''] = arn;
  const sessionName = input.RoleSessionName ?? '';
  if (!/^[\w+=,.@-]{2,64}$/.test(sessionName)) throw invalid('roleSessionName', 'it must be 2 to 64 of [\\w+=,.@-]');
  const externalId = input.ExternalId;
  if (externalId !== undefined && !/^[\w+=,.@:/-]{2,1224}$/.test(externalId)) {
    throw invalid('externalId', 'it must be 2 to 1224 of [\\w+=,.@:/-]');
  }
  const durationS = parseDuration(input.DurationSeconds);
  checkSessionPolicy(input.Policy);

  const found = findRole(world, accountId, roleName);
  // A role of another partition is not there.
  const role = found?.arn === roleArn ? found : undefined;
  if (role) call.touched.push(role);
  const decision = role && decideAssume(call, role, sessionName, externalId);
  // A role that is not there is refused in the same words as one that does not trust the caller; any other reason is named.
  if (!role || !decision?.allowed) {
    throw new AwsError(
      'AccessDenied',
      `User: ${environment.caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}${reasonOf(decision)}`,
      403,
    );
  }
  const seconds = durationFor(durationS, role, environment.caller);
  return answer(openSession(world, role, sessionName, seconds, input.Policy), role, input.Policy);
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
function reasonOf(decision: Decision | undefined): string {
  if (!decision || decision.allowed || decision.reason.includes('resource-based policy')) return '';
  return ` ${decision.reason}`;
}

function decideAssume(call: StsCall, role: Role, sessionName: string, externalId: string | undefined) {
  return decide(call.world, {
    caller: call.environment.caller,
    action: 'sts:AssumeRole',
    resource: role.arn,
    resourceAccountId: role.accountId,
    resourcePolicy: { kind: 'trust', policy: role.trust },
    context: requestContext(call.environment, role.accountId, {
      'sts:ExternalId': externalId,
      'sts:RoleSessionName': sessionName,
    }),
  });
}

function openSession(world: World, role: Role, sessionName: string, durationS: number, policy?: string): Session {
  const now = world.clock();
  for (const session of Object.values(world.state.sessions)) {
    // An hour longer than it lives, so that its use still reads "expired" and not "unknown".
    if (session.expiresAt + 3_600_000 < now) delete world.state.sessions[session.accessKeyId];
  }
  const session: Session = {
    accessKeyId: newIamId('ASIA', 16),
    secret: randomBytes(30).toString('base64'),
    token: randomBytes(96).toString('base64'),
    issuedAt: now,
    expiresAt: now + durationS * 1000,
    accountId: role.accountId,
    partition: partitionOf(world, role.accountId),
    roleName: role.name,
    roleArn: role.arn,
    roleId: role.id,
    sessionName,
    ...(policy === undefined ? {} : { policy }),
  };
  world.state.sessions[session.accessKeyId] = session;
  world.changed();
  return session;
}

function answer(session: Session, role: Role, policy: string | undefined): StsResult {
  return {
    Credentials: {
      AccessKeyId: session.accessKeyId,
      SecretAccessKey: session.secret,
      SessionToken: session.token,
      Expiration: new Date(session.expiresAt).toISOString(),
    },
    AssumedRoleUser: {
      AssumedRoleId: `${role.id}:${session.sessionName}`,
      Arn: sessionArn(role, session.sessionName),
    },
    ...(policy === undefined ? {} : { PackedPolicySize: String(Math.ceil((policy.length / 2048) * 100)) }),
  };
}

function parseDuration(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (!(seconds >= MIN_DURATION_S && seconds <= MAX_DURATION_S)) {
    throw invalid('durationSeconds', `it must be ${MIN_DURATION_S} to ${MAX_DURATION_S}`);
  }
  return seconds;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use.html: the role's own maximum, and one hour where roles are chained. */
function durationFor(asked: number | undefined, role: Role, caller: Caller): number {
  const seconds = asked ?? DEFAULT_DURATION_S;
  if (seconds > role.maxSessionSeconds) {
    throw new AwsError(
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
  }
  if (caller.kind === 'role-session' && seconds > MAX_CHAINED_S) {
    throw new AwsError(
      'ValidationError',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    );
  }
  return seconds;
}

function checkSessionPolicy(policy: string | undefined): void {
  if (policy === undefined) return;
  try {
    parsePolicy(policy, 'session');
  } catch (error) {
    if (error instanceof PolicyError) throw new AwsError('MalformedPolicyDocument', error.message);
    throw error;
  }
}

function invalid(member: string, problem: string): AwsError {
  return new AwsError(
    'ValidationError',
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: ${problem}`,
  );
}
