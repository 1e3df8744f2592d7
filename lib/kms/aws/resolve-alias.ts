/**
 * Which key an alias leads to now. AWS decides about DescribeKey by the key behind the alias: a role that may describe its
 * own key alone is denied as soon as the alias leads elsewhere, and that is told apart by describing the own key.
 * https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html
 */
import type { AliasFinding } from '#lib/byok/alias-watch.ts';
import { isKnownRegion } from '#lib/byok/aws/regions.ts';
import { type CallLimits, defaultLimits } from '../call-limits.ts';
import { KmsError } from '../errors.ts';
import type { AliasAnswer } from '../key-service.ts';
import { assumeRole, sessionNameOf } from './assume-role.ts';
import { makeKmsClient, makeStsClient, type SessionCredentials } from './clients.ts';
import { describeKey } from './key-calls.ts';
import { Operation } from './operation.ts';
import type { AwsAccess } from './provider.ts';

export type AliasQuestion = {
  tenantId: string;
  access: AwsAccess;
  region: string;
  aliasArn: string;
  /** The key that it led to when it was tested. */
  pinnedKeyArn: string;
  limits?: Partial<CallLimits>;
  signal?: AbortSignal | undefined;
};

/** With credentials and clients of its own. Throws KmsError where AWS does not answer, or does not let us in at all. */
export async function resolveAlias(question: AliasQuestion): Promise<AliasAnswer> {
  const { region, aliasArn, pinnedKeyArn } = question;
  if (!isKnownRegion(region)) throw new KmsError('region-unknown');
  const limits = { ...defaultLimits, ...question.limits };
  // Three AWS calls at most, each with the whole time limit for itself.
  const operation = new Operation({ ...limits, totalTimeoutMs: 3 * limits.totalTimeoutMs }, question.signal);
  const kms = makeKmsClient(region, limits, await credentialsFor(question, operation, limits));
  const look = (keyArn: string) => describeKey({ kms, operation, keyArn });
  const answer = (found: AliasFinding): AliasAnswer => ({ ...found, requestIds: operation.requestIds });
  try {
    const { Arn: keyArn = '' } = await look(aliasArn);
    return answer(keyArn === pinnedKeyArn ? { state: 'here' } : { state: 'elsewhere', keyRef: keyArn });
  } catch (thrown) {
    const failure = failureOf(thrown);
    if (failure === 'key-not-found') return answer({ state: 'gone' });
    if (failure !== 'access-denied') throw thrown;
    const own = await look(pinnedKeyArn).then(
      () => 'unseen' as const,
      (again: unknown) => {
        if (failureOf(again) === 'access-denied') return 'not-permitted' as const;
        throw again;
      },
    );
    return answer({ state: own });
  } finally {
    kms.destroy();
  }
}

async function credentialsFor(
  { access, tenantId, region }: AliasQuestion,
  operation: Operation,
  limits: CallLimits,
): Promise<SessionCredentials> {
  if (access.mode === 'access-key') return access;
  const sts = makeStsClient(region, limits);
  const { roleArn, externalId } = access;
  try {
    const sessionName = sessionNameOf(tenantId, 'keyward-alias');
    return await assumeRole(operation, sts, { roleArn, externalId, sessionName });
  } finally {
    sts.destroy();
  }
}

function failureOf(thrown: unknown): string | undefined {
  return thrown instanceof KmsError ? thrown.failure : undefined;
}
