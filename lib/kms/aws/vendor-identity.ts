/**
 * Whether the vendor's own AWS identity works, and who it is. There may be several, one per partition or region. A denial at a customer's key counts as a revocation only
 * while it does: otherwise it is the vendor's own fault.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html (needs no permission)
 */
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { isKnownRegion } from '#lib/byok/aws/regions.ts';
import { vendorProfileOf } from '#lib/config/aws/service-principals.ts';
import { defaultLimits } from '../call-limits.ts';
import { KmsError } from '../errors.ts';
import { makeStsClient } from './clients.ts';
import { Operation } from './operation.ts';

export type VendorIdentity = {
  accountId: string;
  /** As GetCallerIdentity tells it: a user, or a session of a role. */
  callerArn: string;
  /**
   * The role behind a session. A session's ARN does not tell the role's path, so this is exact only for a role without
   * one; undefined when the identity is not a role's.
   */
  roleArn: string | undefined;
};

/** Denials come in swarms: one question serves all that come within this time. */
const reuseMs = 10_000;

/** By the profile that has an identity's credentials; the SDK's default chain under the empty name. */
const identities = new Map<string, { lastAnswer?: Date | undefined; asking?: Promise<Date | undefined> | undefined }>();

/**
 * The instant of the last good answer of GetCallerIdentity to the identity that we work with in this region, asked now
 * unless it is less than 10 s old. Undefined when AWS refuses the vendor's credentials or has never answered; an earlier
 * instant when it just does not answer. Never throws.
 */
export async function vendorAnsweredAt(now = new Date(), region?: string): Promise<Date | undefined> {
  const profile = region === undefined ? undefined : vendorProfileOf(region);
  const known = identities.get(profile ?? '') ?? {};
  identities.set(profile ?? '', known);
  const { lastAnswer } = known;
  if (lastAnswer && Math.abs(now.getTime() - lastAnswer.getTime()) < reuseMs) return lastAnswer;
  known.asking ??= ask(known, now, profile === undefined ? undefined : region).finally(() => {
    known.asking = undefined;
  });
  return known.asking;
}

/**
 * Asks now, as the identity that we work with in `region`; without one, as the one of the SDK's default chain. Throws
 * KmsError.
 */
export async function readVendorIdentity(region = vendorRegion(), signal?: AbortSignal): Promise<VendorIdentity> {
  const sts = makeStsClient(region, defaultLimits);
  try {
    const operation = new Operation(defaultLimits, signal);
    const answer = await operation.send('sts', (abortSignal) =>
      sts.send(new GetCallerIdentityCommand({}), { abortSignal }),
    );
    if (!answer.Arn || !answer.Account) throw new KmsError('unexpected', operation);
    return { accountId: answer.Account, callerArn: answer.Arn, roleArn: roleOfSession(answer.Arn) };
  } finally {
    sts.destroy();
  }
}

/** The service role that customers trust, asked from AWS; undefined when the credentials are not a role's. */
export async function readServiceRoleArn(): Promise<string | undefined> {
  return (await readVendorIdentity()).roleArn;
}

/** Whether a configured role ARN is the caller's, as far as a session's ARN can tell: its path is lost in it. */
export function isSameRole(configuredRoleArn: string, callerArn: string): boolean {
  const withoutPath = configuredRoleArn.replace(/^(arn:[^:]+:iam::\d{12}:role\/).*?([^/]+)$/, '$1$2');
  return roleOfSession(callerArn) === withoutPath;
}

/** `arn:aws:sts::ACCOUNT:assumed-role/NAME/SESSION` becomes `arn:aws:iam::ACCOUNT:role/NAME`. */
export function roleOfSession(callerArn: string): string | undefined {
  const [, partition, account, name] = /^arn:([^:]+):sts::(\d{12}):assumed-role\/([^/]+)\/[^/]+$/.exec(callerArn) ?? [];
  return name === undefined ? undefined : `arn:${partition}:iam::${account}:role/${name}`;
}

async function ask(
  known: { lastAnswer?: Date | undefined },
  now: Date,
  region: string | undefined,
): Promise<Date | undefined> {
  try {
    await readVendorIdentity(region);
    known.lastAnswer = now;
  } catch (error) {
    const silence = error instanceof KmsError && error.class === 'transient' && error.failure !== 'vendor-credentials';
    if (!silence) known.lastAnswer = undefined;
  }
  return known.lastAnswer;
}

/** Any region's STS can answer; the process's own is the one that its credentials are good for. */
function vendorRegion(): string {
  const named = process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION ?? '';
  return isKnownRegion(named) ? named : 'us-east-1';
}
