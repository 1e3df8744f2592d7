/**
 * A key that Keyward creates in the customer's account: what it needs to be allowed for that moment, and which policy the
 * key begins with. CreateKey has no idempotency token, so a key is found again by its tag.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html
 */
import { keyPolicy, type PolicyDocument, type PolicyStatement } from './policies.ts';
import type { PolicyShape } from './policy-shape.ts';
import type { Partition } from './regions.ts';

/** Tags of a created key: a random ID that was written down before AWS was asked, and whose it is. */
export const creationTag = 'keyward:creation';
export const tenantTag = 'keyward:tenant';

/** Only aliases that begin so may be given by us. */
export const awsAliasPrefix = 'alias/keyward-';

/**
 * What the role or the user is allowed while the key is created, and not after it. ListKeys takes no resource; the tags of a
 * key are read by leave of that key's own policy, so that nothing of other keys can be seen.
 * `accountId`: empty where only AWS can tell it.
 */
export function creationPolicy(values: {
  partition: Partition;
  region: string;
  accountId: string;
  tenantId: string;
}): PolicyDocument {
  const { partition, region, accountId, tenantId } = values;
  const inRegion = { 'aws:RequestedRegion': region };
  const aliasArn = `arn:${partition}:kms:${region}:${accountId || '*'}:${awsAliasPrefix}*`;
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'KeywardCreatesItsKey',
        Effect: 'Allow',
        Action: ['kms:CreateKey', 'kms:TagResource'],
        Resource: '*',
        Condition: { StringEquals: { [`aws:RequestTag/${tenantTag}`]: tenantId, ...inRegion } },
      },
      {
        Sid: 'KeywardFindsItsKey',
        Effect: 'Allow',
        Action: 'kms:ListKeys',
        Resource: '*',
        Condition: { StringEquals: inRegion },
      },
      { Sid: 'KeywardNamesItsKey', Effect: 'Allow', Action: 'kms:CreateAlias', Resource: aliasArn },
    ],
  };
}

/** How long after its creation the key may still be named, and its policy be set, by whoever created it. */
export const creationMs = 15 * 60_000;

/**
 * The policy that a created key begins with: the ordinary one, the leave to find it by its tag, and two that end by
 * themselves. AWS accepts a policy only from whoever may set the next one; that the check cannot be bypassed keeps the key from
 * becoming unmanageable.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#prevent-unmanageable-key
 */
export function createdKeyPolicy(values: {
  partition: Partition;
  accountId: string;
  /** The role, or the user of an access key. */
  principalArn: string;
  tenantId: string;
  shape: PolicyShape;
  dataKeyPair: boolean;
  createdAt: Date;
}): PolicyDocument {
  const { principalArn, createdAt, ...rest } = values;
  const ordinary = keyPolicy({ ...rest, roleArn: principalArn });
  const until = new Date(createdAt.getTime() + creationMs).toISOString().replace(/\.\d+Z$/, 'Z');
  const allow = (
    Sid: string,
    Action: string | string[],
    Condition?: PolicyStatement['Condition'],
  ): PolicyStatement => ({
    Sid,
    Effect: 'Allow',
    Principal: { AWS: principalArn },
    Action,
    Resource: '*',
    ...(Condition ? { Condition } : {}),
  });
  return {
    ...ordinary,
    Statement: [
      ...ordinary.Statement,
      allow('KeywardFindsThisKey', 'kms:ListResourceTags'),
      allow('KeywardCreatesThisKey', ['kms:PutKeyPolicy', 'kms:CreateAlias'], {
        DateLessThan: { 'aws:CurrentTime': until },
      }),
    ],
  };
}

/** Why this cannot be the key's alias in AWS; undefined where it can, or where none is wanted. */
export function awsAliasProblem(text: string): string | undefined {
  if (text === '') return undefined;
  if (!text.startsWith(awsAliasPrefix)) return `The alias begins with ${awsAliasPrefix}.`;
  return /^alias\/[A-Za-z0-9/_-]{1,250}$/.test(text) && text.length > awsAliasPrefix.length
    ? undefined
    : 'After that, use letters, digits, / _ and - only.';
}

/** What the customer runs to have AWS delete a key; AWS waits a week at least. */
export function deletionCommand({ keyArn, region }: { keyArn: string; region: string }): string {
  return `aws kms schedule-key-deletion --key-id ${keyArn} --pending-window-in-days 7 --region ${region}`;
}

/** What the customer runs to look for a key of which it is not known whether AWS made it. */
export function searchCommand({ creationId, region }: { creationId: string; region: string }): string {
  return `aws resourcegroupstaggingapi get-resources --resource-type-filters kms:key --tag-filters Key=${creationTag},Values=${creationId} --region ${region}`;
}
