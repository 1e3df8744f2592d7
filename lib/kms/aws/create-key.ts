/**
 * Creates a key in the customer's account, finds it again by its tag, names it, and looks whether it is still there.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_ListResourceTags.html
 */
import {
  CreateAliasCommand,
  CreateKeyCommand,
  DescribeKeyCommand,
  type KMSClient,
  ListKeysCommand,
  ListResourceTagsCommand,
} from '@aws-sdk/client-kms';
import { type KeyArn, parseKeyArn } from '#lib/byok/aws/arn.ts';
import { creationTag, tenantTag } from '#lib/byok/aws/created-key.ts';
import { type PolicyDocument, policyText } from '#lib/byok/aws/policies.ts';
import { KmsError } from '../errors.ts';
import type { Operation } from './operation.ts';

export type KmsCaller = { kms: KMSClient; operation: Operation };
export type Marks = { creationId: string; tenantId: string };

/**
 * Sent once and never again: a second attempt would be a second key. Throws KmsError; after one for which
 * `mayHaveCreated` is true nobody knows whether there is a key now.
 */
export async function createKey(
  { kms, operation }: KmsCaller,
  wanted: Marks & { description: string; policy: PolicyDocument },
): Promise<KeyArn> {
  const command = new CreateKeyCommand({
    Description: wanted.description,
    KeySpec: 'SYMMETRIC_DEFAULT',
    KeyUsage: 'ENCRYPT_DECRYPT',
    Policy: policyText(wanted.policy),
    BypassPolicyLockoutSafetyCheck: false,
    Tags: [
      { TagKey: creationTag, TagValue: wanted.creationId },
      { TagKey: tenantTag, TagValue: wanted.tenantId },
    ],
  });
  const output = await operation.send('kms', (abortSignal) => kms.send(command, { abortSignal }), { once: true });
  const made = parseKeyArn(output.KeyMetadata?.Arn ?? '');
  if (!made.ok) throw new KmsError('unexpected', operation);
  return made.value.arn;
}

/** Whether AWS may have made a key although the call failed: whatever is not a refusal of AWS's. */
export function mayHaveCreated(failure: KmsError): boolean {
  return unclear.has(failure.failure);
}

const unclear: ReadonlySet<string> = new Set([
  'timed-out',
  'unreachable',
  'kms-internal',
  'dependency-timeout',
  'aborted',
  'unexpected',
]);

/** Up to `limit` ARNs of the account's keys in this region, a page of 1,000 at a time. */
export async function listKeys(
  { kms, operation }: KmsCaller,
  limit: number,
): Promise<{ arns: string[]; all: boolean }> {
  const arns: string[] = [];
  let Marker: string | undefined;
  do {
    const page = await operation.send('kms', (abortSignal) =>
      kms.send(new ListKeysCommand({ Limit: 1_000, ...(Marker ? { Marker } : {}) }), { abortSignal }),
    );
    arns.push(...(page.Keys ?? []).flatMap((key) => key.KeyArn ?? []));
    Marker = page.Truncated ? page.NextMarker : undefined;
  } while (Marker && arns.length < limit);
  return { arns: arns.slice(0, limit), all: Marker === undefined && arns.length <= limit };
}

/** Whether this key bears the marks. A key whose policy does not let us see its tags is none of ours. */
export async function hasMarks({ kms, operation }: KmsCaller, keyArn: string, marks: Marks): Promise<boolean> {
  try {
    const output = await operation.send('kms', (abortSignal) =>
      kms.send(new ListResourceTagsCommand({ KeyId: keyArn }), { abortSignal }),
    );
    const tags = new Map((output.Tags ?? []).map((tag) => [tag.TagKey, tag.TagValue]));
    return tags.get(creationTag) === marks.creationId && tags.get(tenantTag) === marks.tenantId;
  } catch (thrown) {
    if (thrown instanceof KmsError && foreign.has(thrown.failure)) return false;
    throw thrown;
  }
}

/** Keys of AWS's own have no tags for us, and one may be deleted while we look. */
const foreign: ReadonlySet<string> = new Set(['access-denied', 'key-not-found', 'invalid-request']);

/** @throws KmsError; AWS's name AlreadyExistsException where the alias stands for another key */
export async function createAlias({ kms, operation }: KmsCaller, aliasName: string, keyArn: string): Promise<void> {
  const command = new CreateAliasCommand({ AliasName: aliasName, TargetKeyId: keyArn.split('/').at(-1) });
  await operation.send('kms', (abortSignal) => kms.send(command, { abortSignal }));
}

/** Whether the customer has had it deleted: a key that waits for its deletion counts as gone. */
export async function isGone({ kms, operation }: KmsCaller, keyArn: string): Promise<boolean> {
  try {
    const { KeyMetadata } = await operation.send('kms', (abortSignal) =>
      kms.send(new DescribeKeyCommand({ KeyId: keyArn }), { abortSignal }),
    );
    return KeyMetadata?.KeyState === 'PendingDeletion';
  } catch (thrown) {
    if (thrown instanceof KmsError && thrown.failure === 'key-not-found') return true;
    throw thrown;
  }
}
