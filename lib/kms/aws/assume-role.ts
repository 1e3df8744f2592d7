/**
 * Assumes a customer's role with the vendor's own identity.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import type { SessionPurpose } from '#lib/byok/aws/session-purposes.ts';
import { KmsError } from '../errors.ts';
import type { SessionCredentials } from './clients.ts';
import type { Operation } from './operation.ts';

/** The shortest that AWS gives: a session outlives a trust policy that has since been changed. */
export const sessionSeconds = 900;

export type AssumeRoleRequest = {
  roleArn: string;
  /** Left out by the confused deputy check alone. */
  externalId?: string;
  sessionName: string;
  /** A session policy, which can only take permissions away. */
  policy?: string;
};

/** Throws KmsError; when STS answers AccessDenied `assume-role-denied`, or whose policy it named: `vendor-denied`, `organization-denied`. */
export async function assumeRole(
  operation: Operation,
  sts: STSClient,
  request: AssumeRoleRequest,
): Promise<SessionCredentials> {
  const output = await operation.send('sts', (abortSignal) =>
    sts.send(
      new AssumeRoleCommand({
        RoleArn: request.roleArn,
        RoleSessionName: request.sessionName,
        DurationSeconds: sessionSeconds,
        ...(request.externalId === undefined ? {} : { ExternalId: request.externalId }),
        ...(request.policy === undefined ? {} : { Policy: request.policy }),
      }),
      { abortSignal },
    ),
  );
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = output.Credentials ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) {
    throw new KmsError('unexpected', { requestIds: operation.requestIds });
  }
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiresAt: Expiration,
  };
}

/** The session's name in the customer's CloudTrail: 2 to 64 letters, digits and `+=,.@-_`. */
export function sessionNameOf(tenantId: string, purpose: SessionPurpose = 'keyward'): string {
  return `${purpose}-${tenantId}`.replace(/[^\w+=,.@-]/g, '-').slice(0, 64);
}
