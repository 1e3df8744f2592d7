import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { AwsError } from './errors.ts';
import { partitionOfRegion, REGIONS } from './regions.ts';
import { type Caller, callerOfAccessKey, callerOfSession } from './world/callers.ts';
import { own, type World } from './world/world.ts';

export type Service = 'kms' | 'sts' | 'iam';

export interface SignedRequest {
  method: string;
  /** Path and query as they came. */
  url: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** How far the time in a request may be from the server's: five minutes either way. */
const MAX_SKEW_MS = 5 * 60_000;

/**
 * Verifies an AWS Signature Version 4 completely and says who signed, and for which region.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 * @throws AwsError with the name that KMS or STS gives to what is wrong.
 */
export function verifySignature(
  world: World,
  request: SignedRequest,
  service: Service,
): { caller: Caller; region: string } {
  const names = NAMES[service];
  const authorization = parseAuthorization(request.headers.authorization, names);
  const { accessKeyId, date, region, signedHeaders } = authorization;
  if (authorization.service !== service || !REGIONS.has(region)) {
    throw new AwsError(names.signature, `Credential should be scoped to a valid region and to the service ${service}.`);
  }
  const amzDate = header(request.headers, 'x-amz-date');
  const signedAt = parseAmzDate(amzDate);
  if (signedAt === undefined || !amzDate.startsWith(date)) {
    throw new AwsError(names.incomplete, 'X-Amz-Date is missing or is not of the day in the credential scope.');
  }
  const { secret, caller } = credentialsOf(world, accessKeyId, header(request.headers, 'x-amz-security-token'), names);
  if (caller.arn.split(':')[1] !== partitionOfRegion(region)) {
    throw new AwsError(
      names.unknownKey,
      'The security token included in the request is invalid.',
      names.credentialStatus,
    );
  }
  requireSigned(request.headers, signedHeaders, names);
  const canonical = canonicalRequest(request, signedHeaders, names);
  const scope = `${date}/${region}/${service}/aws4_request`;
  const stringToSign = ['AWS4-HMAC-SHA256', amzDate, scope, sha256(canonical)].join('\n');
  const key = [date, region, service, 'aws4_request'].reduce<Buffer>(
    (k, part) => hmac(k, part),
    Buffer.from(`AWS4${secret}`),
  );
  if (!timingSafeEqual(hmac(key, stringToSign), authorization.signature)) {
    throw new AwsError(
      names.signature,
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.',
    );
  }
  const skew = signedAt - world.clock();
  if (skew < -MAX_SKEW_MS)
    throw new AwsError(names.signature, `Signature expired: ${amzDate} is more than 5 min. ago.`);
  if (skew > MAX_SKEW_MS)
    throw new AwsError(names.signature, `Signature not yet current: ${amzDate} is more than 5 min. ahead.`);
  return { caller, region };
}

interface Names {
  missing: string;
  incomplete: string;
  signature: string;
  unknownKey: string;
  expired: string;
  /** HTTP status of the two before. */
  credentialStatus: number;
}

/**
 * The two protocols call the same errors by different names.
 * https://docs.aws.amazon.com/kms/latest/APIReference/CommonErrors.html
 * https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
 */
const QUERY_NAMES: Names = {
  missing: 'MissingAuthenticationToken',
  incomplete: 'IncompleteSignature',
  signature: 'SignatureDoesNotMatch',
  unknownKey: 'InvalidClientTokenId',
  expired: 'ExpiredToken',
  credentialStatus: 403,
};
const NAMES = {
  kms: {
    missing: 'MissingAuthenticationTokenException',
    incomplete: 'IncompleteSignatureException',
    signature: 'InvalidSignatureException',
    unknownKey: 'UnrecognizedClientException',
    expired: 'ExpiredTokenException',
    credentialStatus: 400,
  },
  sts: QUERY_NAMES,
  iam: QUERY_NAMES,
} satisfies Record<Service, Names>;

interface Authorization {
  accessKeyId: string;
  date: string;
  region: string;
  service: string;
  signedHeaders: string[];
  signature: Buffer;
}

function parseAuthorization(value: string | undefined, names: Names): Authorization {
  if (!value) throw new AwsError(names.missing, 'Request is missing Authentication Token', 403);
  const match =
    /^AWS4-HMAC-SHA256 Credential=(\w{16,128})\/(\d{8})\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request,\s*SignedHeaders=([a-z0-9;-]+),\s*Signature=([0-9a-f]{64})$/.exec(
      value,
    );
  if (!match) throw new AwsError(names.incomplete, 'The Authorization header is not a complete Signature Version 4.');
  const [, accessKeyId = '', date = '', region = '', service = '', signedHeaders = '', signature = ''] = match;
  return {
    accessKeyId,
    date,
    region,
    service,
    signedHeaders: signedHeaders.split(';'),
    signature: Buffer.from(signature, 'hex'),
  };
}

function credentialsOf(
  world: World,
  accessKeyId: string,
  token: string,
  names: Names,
): { secret: string; caller: Caller } {
  const invalid = () =>
    new AwsError(names.unknownKey, 'The security token included in the request is invalid.', names.credentialStatus);
  const session = own(world.state.sessions, accessKeyId);
  if (session) {
    if (!sameText(session.token, token)) throw invalid();
    if (session.expiresAt <= world.clock()) {
      throw new AwsError(
        names.expired,
        'The security token included in the request is expired',
        names.credentialStatus,
      );
    }
    return { secret: session.secret, caller: callerOfSession(session) };
  }
  const key = own(world.state.accessKeys, accessKeyId);
  const caller = key?.active && token === '' ? callerOfAccessKey(world, key) : undefined;
  if (!key || !caller) throw invalid();
  return { secret: key.secret, caller };
}

/** Host and every x-amz- header have to be under the signature, or somebody on the way could change them. */
function requireSigned(headers: IncomingHttpHeaders, signedHeaders: readonly string[], names: Names): void {
  const needed = [
    'host',
    ...Object.keys(headers).filter((name) => name.startsWith('x-amz-') || name === 'content-type'),
  ];
  const unsigned = needed.filter((name) => !signedHeaders.includes(name));
  if (unsigned.length > 0) {
    throw new AwsError(names.signature, `These headers must be signed: ${unsigned.join(', ')}.`);
  }
}

function canonicalRequest(request: SignedRequest, signedHeaders: readonly string[], names: Names): string {
  const bodyHash = sha256(request.body);
  const claimed = header(request.headers, 'x-amz-content-sha256');
  if (claimed !== '' && claimed !== bodyHash) {
    throw new AwsError(names.signature, 'The body is not the one that X-Amz-Content-Sha256 speaks of.');
  }
  const [path = '/', query = ''] = request.url.split('?', 2);
  const headerLines = signedHeaders.map(
    (name) => `${name}:${header(request.headers, name).trim().replace(/ +/g, ' ')}\n`,
  );
  return [
    request.method,
    path.split('/').map(encode).join('/'),
    canonicalQuery(query),
    headerLines.join(''),
    signedHeaders.join(';'),
    bodyHash,
  ].join('\n');
}

function canonicalQuery(query: string): string {
  return [...new URLSearchParams(query)]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
}

/** Everything but the unreserved characters of RFC 3986. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

function parseAmzDate(value: string): number | undefined {
  const match = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(value);
  if (!match) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

function header(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  return Array.isArray(value) ? value.join(',') : (value ?? '');
}

function sameText(a: string, b: string): boolean {
  return timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

function hmac(key: Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}
