/**
 * The one place where errors of AWS and of the SDK become ours. Names first, then the HTTP status and Node's socket
 * codes, the message last and only where AWS gives nothing else.
 * https://docs.aws.amazon.com/kms/latest/APIReference/CommonErrors.html
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html#API_Decrypt_Errors
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html#API_AssumeRole_Errors
 */
import type { KmsFailureCode } from '#lib/byok/kms-failure.ts';
import { connectionFault, isConnectionCode } from '../connection-codes.ts';
import { KmsError } from '../errors.ts';

export type AwsService = 'sts' | 'kms';

/** Which policy AWS named in a denial, where its message says so. */
export type DeniedBy =
  | 'identity-policy'
  | 'resource-policy'
  | 'permissions-boundary'
  | 'session-policy'
  | 'organization-policy'
  | 'vpc-endpoint-policy';

/** What a thrown thing means. `requestIds` are those of all attempts so far. */
export function toKmsError(
  thrown: unknown,
  call: { service: AwsService; requestIds: readonly string[]; attempts: number; command?: string | undefined },
): KmsError {
  if (thrown instanceof KmsError) return thrown;
  const seen = look(thrown);
  const deniedBy = policyNamed(seen.message);
  const failure = withPolicy(failureOf(seen, call.service), call.service, deniedBy);
  const broke = failure === connectionFault(seen.code);
  return new KmsError(failure, {
    requestIds: call.requestIds,
    attempts: call.attempts,
    deniedExplicitly: /with an explicit deny/i.test(seen.message),
    ...(seen.name === 'Error' ? {} : { providerCode: seen.name }),
    ...(call.command === undefined ? {} : { action: `${call.service}:${call.command}` }),
    ...(broke && seen.code !== undefined ? { connectionCode: seen.code } : {}),
    ...(deniedBy === undefined ? {} : { deniedBy }),
  });
}

/**
 * At STS the caller is the vendor, and the role is the customer's: which policy denies says whose fault it is. Without a name
 * it is the role that is not there or does not trust us. At KMS the caller is the customer's own role or user, whatever is
 * named.
 */
function withPolicy(failure: KmsFailureCode, service: AwsService, deniedBy: DeniedBy | undefined): KmsFailureCode {
  if (service !== 'sts' || failure !== 'assume-role-denied' || deniedBy === undefined) return failure;
  return atSts[deniedBy];
}

const atSts = {
  'identity-policy': 'vendor-denied',
  'permissions-boundary': 'vendor-denied',
  'session-policy': 'vendor-denied',
  'vpc-endpoint-policy': 'vendor-denied',
  'organization-policy': 'organization-denied',
  'resource-policy': 'assume-role-denied',
} as const satisfies Record<DeniedBy, KmsFailureCode>;

/** Names that mean the same in STS and KMS. */
const byName: Readonly<Record<string, KmsFailureCode>> = {
  DisabledException: 'key-disabled',
  KMSInvalidStateException: 'key-state-unclear',
  NotFoundException: 'key-not-found',
  InvalidArnException: 'invalid-arn',
  InvalidKeyUsageException: 'invalid-key-usage',
  InvalidCiphertextException: 'invalid-ciphertext',
  IncorrectKeyException: 'incorrect-key',
  LimitExceededException: 'limit-exceeded',
  KMSInternalException: 'kms-internal',
  InternalFailure: 'kms-internal',
  InternalError: 'kms-internal',
  InternalServerError: 'kms-internal',
  ServiceUnavailable: 'kms-internal',
  ServiceUnavailableException: 'kms-internal',
  DependencyTimeoutException: 'dependency-timeout',
  KeyUnavailableException: 'key-unavailable',
  Throttling: 'throttled',
  ThrottlingException: 'throttled',
  ThrottledException: 'throttled',
  RequestLimitExceeded: 'throttled',
  RequestThrottled: 'throttled',
  RequestThrottledException: 'throttled',
  TooManyRequestsException: 'throttled',
  SlowDown: 'throttled',
  IDPCommunicationError: 'unreachable',
  RegionDisabledException: 'region-disabled',
  OptInRequired: 'region-disabled',
  ValidationException: 'invalid-request',
  ValidationError: 'invalid-request',
  MalformedPolicyDocument: 'invalid-request',
  MalformedPolicyDocumentException: 'invalid-request',
  TagException: 'invalid-request',
  AlreadyExistsException: 'invalid-request',
  InvalidAliasNameException: 'invalid-request',
  PackedPolicyTooLarge: 'invalid-request',
  UnsupportedOperationException: 'invalid-request',
  InvalidGrantTokenException: 'invalid-request',
  CloudHsmClusterInvalidConfigurationException: 'custom-key-store',
  CloudHsmClusterNotActiveException: 'custom-key-store',
  CustomKeyStoreInvalidStateException: 'custom-key-store',
  CustomKeyStoreNotFoundException: 'custom-key-store',
  XksKeyInvalidConfigurationException: 'custom-key-store',
  XksKeyNotFoundException: 'custom-key-store',
  XksProxyInvalidConfigurationException: 'custom-key-store',
  XksProxyInvalidResponseException: 'custom-key-store',
  XksProxyUriUnreachableException: 'custom-key-store',
  CredentialsProviderError: 'vendor-credentials',
  TokenProviderError: 'vendor-credentials',
  RequestTimeTooSkewed: 'clock-skew',
  TimeoutError: 'timed-out',
  AbortError: 'aborted',
};

/** Names about credentials: at STS they are the vendor's own, at KMS those of the role's session. */
const byServiceAndName: Readonly<Record<AwsService, Readonly<Record<string, KmsFailureCode>>>> = {
  sts: {
    AccessDenied: 'assume-role-denied',
    AccessDeniedException: 'assume-role-denied',
    NotAuthorized: 'assume-role-denied',
    ExpiredToken: 'vendor-credentials',
    ExpiredTokenException: 'vendor-credentials',
    InvalidClientTokenId: 'vendor-credentials',
    UnrecognizedClientException: 'vendor-credentials',
    SignatureDoesNotMatch: 'vendor-credentials',
    InvalidSignatureException: 'vendor-credentials',
    IncompleteSignature: 'vendor-credentials',
    MissingAuthenticationToken: 'vendor-credentials',
    RequestExpired: 'clock-skew',
  },
  kms: {
    AccessDenied: 'access-denied',
    AccessDeniedException: 'access-denied',
    NotAuthorized: 'access-denied',
    ExpiredToken: 'expired-token',
    ExpiredTokenException: 'expired-token',
    UnrecognizedClientException: 'unrecognized-client',
    InvalidClientTokenId: 'unrecognized-client',
    MissingAuthenticationToken: 'invalid-signature',
    MissingAuthenticationTokenException: 'invalid-signature',
    InvalidSignatureException: 'invalid-signature',
    SignatureDoesNotMatch: 'invalid-signature',
    IncompleteSignature: 'invalid-signature',
    IncompleteSignatureException: 'invalid-signature',
    RequestExpired: 'clock-skew',
  },
};

const fileCalls = new Set(['open', 'stat', 'lstat', 'access', 'scandir']);

const signatures = new Set(['SignatureDoesNotMatch', 'InvalidSignatureException']);

type Seen = {
  name: string;
  code: string | undefined;
  syscall: string | undefined;
  status: number | undefined;
  message: string;
};

function failureOf(seen: Seen, service: AwsService): KmsFailureCode {
  // Files are read for the vendor's own credentials alone: a token that is not there, a profile that may not be read.
  if (seen.syscall !== undefined && fileCalls.has(seen.syscall)) return 'vendor-credentials';
  const fault = seen.status === undefined ? connectionFault(seen.code) : undefined;
  // Codes of connections before names: the SDK calls a connection that was reset a TimeoutError.
  if (fault && isConnectionCode(seen.code)) return fault;
  const named = own(byServiceAndName[service], seen.name) ?? own(byName, seen.name);
  if (named === 'key-state-unclear') return keyStateIn(seen.message);
  // AWS has one name for a wrong key and for a wrong time: its message alone tells them apart.
  if (signatures.has(seen.name) && /signature (has )?expired|not yet current/i.test(seen.message)) return 'clock-skew';
  if (named) return named;
  if (seen.status !== undefined && seen.status >= 500) return 'kms-internal';
  if (seen.status === 429) return 'throttled';
  if (fault) return fault;
  if (seen.status === undefined && /socket hang up|disconnected|network/i.test(seen.message)) return 'unreachable';
  return 'unexpected';
}

/** KMSInvalidState tells the state in its message alone; anything but these two is no proof of anything. */
function keyStateIn(message: string): KmsFailureCode {
  if (/pending deletion/i.test(message)) return 'pending-deletion';
  if (/pending import/i.test(message)) return 'pending-import';
  return 'key-state-unclear';
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
function policyNamed(message: string): DeniedBy | undefined {
  return deniers.find(([words]) => words.test(message))?.[1];
}

const deniers: readonly (readonly [RegExp, DeniedBy])[] = [
  [/identity-based policy/i, 'identity-policy'],
  [/resource-based policy/i, 'resource-policy'],
  [/permissions boundary/i, 'permissions-boundary'],
  [/session policy/i, 'session-policy'],
  [/(service|resource) control policy/i, 'organization-policy'],
  [/VPC endpoint policy/i, 'vpc-endpoint-policy'],
];

function look(thrown: unknown): Seen {
  if (typeof thrown !== 'object' || thrown === null)
    return { name: 'Error', code: undefined, syscall: undefined, status: undefined, message: '' };
  const error = thrown as {
    name?: unknown;
    code?: unknown;
    syscall?: unknown;
    message?: unknown;
    $metadata?: { httpStatusCode?: unknown };
  };
  const status = error.$metadata?.httpStatusCode;
  return {
    name: typeof error.name === 'string' ? error.name : 'Error',
    code: typeof error.code === 'string' && !isMistake(thrown) ? error.code : undefined,
    syscall: typeof error.syscall === 'string' ? error.syscall : undefined,
    status: typeof status === 'number' ? status : undefined,
    message: typeof error.message === 'string' ? error.message : '',
  };
}

/** Node gives codes to mistakes in a program, too: no connection is to blame. */
function isMistake(thrown: object): boolean {
  return thrown instanceof TypeError || thrown instanceof RangeError || thrown instanceof SyntaxError;
}

function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
