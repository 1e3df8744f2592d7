import type { Caller } from '../world/callers.ts';
import type { RequestContext } from './conditions.ts';

export interface CallEnvironment {
  caller: Caller;
  region: string;
  /** The address that the call came from. */
  sourceIp: string;
  userAgent: string;
  nowMs: number;
}

/**
 * The global condition keys of a call, with those of the service added.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * A key whose value is undefined is absent from the request.
 */
export function requestContext(
  environment: CallEnvironment,
  resourceAccountId: string,
  ofService: Readonly<Record<string, string | readonly string[] | undefined>>,
): RequestContext {
  const { caller, nowMs } = environment;
  const role = caller.kind === 'role-session' ? caller : undefined;
  const values: Record<string, string | readonly string[] | undefined> = {
    'aws:CurrentTime': new Date(nowMs).toISOString(),
    'aws:EpochTime': String(Math.floor(nowMs / 1000)),
    // Temporary credentials always carry it, long-term ones never; nobody here has a device.
    'aws:MultiFactorAuthPresent': role ? 'false' : undefined,
    'aws:PrincipalAccount': caller.accountId,
    // For a session this is the ARN of the role, not of the session.
    'aws:PrincipalArn': role ? role.roleArn : caller.arn,
    'aws:PrincipalIsAWSService': 'false',
    'aws:PrincipalType': { root: 'Account', user: 'User', 'role-session': 'AssumedRole' }[caller.kind],
    'aws:RequestedRegion': environment.region,
    'aws:ResourceAccount': resourceAccountId,
    // The simulator stands for an endpoint that is reached by TLS; that it is plain HTTP on this machine is no policy's matter.
    'aws:SecureTransport': 'true',
    'aws:SourceIp': environment.sourceIp,
    'aws:TokenIssueTime': role?.issuedAt === undefined ? undefined : new Date(role.issuedAt).toISOString(),
    'aws:UserAgent': environment.userAgent,
    'aws:userid': caller.userId,
    'aws:username': caller.kind === 'user' ? caller.userName : undefined,
    'aws:ViaAWSService': 'false',
    ...ofService,
  };
  const context = new Map<string, readonly string[]>();
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined) context.set(key.toLowerCase(), typeof value === 'string' ? [value] : value);
  }
  return context;
}
