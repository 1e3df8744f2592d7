/**
 * Clients of the AWS SDK as Keyward uses them: one for each configuration, never shared between two; each dials only a
 * known region; each attempt has a time limit (the SDK sets none) and leaves its request ID behind. Retries are ours
 * (operation.ts), since the SDK would repeat LimitExceededException.
 *
 * Where to dial is the SDK's own business: regional endpoints, or its standard AWS_ENDPOINT_URL_* variables.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
import { KMSClient } from '@aws-sdk/client-kms';
import { STSClient } from '@aws-sdk/client-sts';
import { fromIni } from '@aws-sdk/credential-providers';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { isKnownRegion } from '#lib/byok/aws/regions.ts';
import { vendorProfileOf } from '#lib/config/aws/service-principals.ts';
import type { CallLimits } from '../call-limits.ts';
import { KmsError } from '../errors.ts';
import { noteRequestId } from './request-ids.ts';

export type SessionCredentials = {
  accessKeyId: string;
  secretAccessKey: string;
  /** Absent in an access key of a user, which does not expire by itself. */
  sessionToken?: string;
  expiresAt?: Date;
};

/** A client with the credentials given; without any, with the vendor's own for this region. */
export function makeStsClient(region: string, limits: CallLimits, credentials?: SessionCredentials): STSClient {
  const client = new STSClient({ ...settings(region, limits), ...identity(region, credentials) });
  client.middlewareStack.add(noteRequestId, { step: 'deserialize', priority: 'low', name: 'noteRequestId' });
  return client;
}

/** A client with the credentials given; without any, with the vendor's own for this region. */
export function makeKmsClient(region: string, limits: CallLimits, credentials?: SessionCredentials): KMSClient {
  const client = new KMSClient({ ...settings(region, limits), ...identity(region, credentials) });
  client.middlewareStack.add(noteRequestId, { step: 'deserialize', priority: 'low', name: 'noteRequestId' });
  return client;
}

function settings(region: string, limits: CallLimits) {
  if (!isKnownRegion(region)) throw new KmsError('region-unknown');
  return {
    region,
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: limits.connectTimeoutMs,
      requestTimeout: limits.requestTimeoutMs,
      throwOnRequestTimeout: true,
    }),
  };
}

/** The vendor's own come from the profile that its configuration names for the region, else from the SDK's default chain. */
function identity(region: string, credentials: SessionCredentials | undefined) {
  if (credentials) return { credentials: plain(credentials) };
  const profile = vendorProfileOf(region);
  return profile === undefined ? {} : { credentials: fromIni({ profile }) };
}

/** Without the expiry: when to assume the role again is decided by role-session.ts alone. */
function plain({ accessKeyId, secretAccessKey, sessionToken }: SessionCredentials) {
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
}
