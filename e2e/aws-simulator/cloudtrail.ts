import { randomUUID } from 'node:crypto';
import type { Caller } from './world/callers.ts';
import type { Clock } from './world/world.ts';

/**
 * One call as CloudTrail shows it: who, what, on which resources, and how it ended. Never a plaintext, a ciphertext, a
 * secret or a token. https://docs.aws.amazon.com/kms/latest/developerguide/logging-using-cloudtrail.html
 */
export interface CallRecord {
  eventID: string;
  eventTime: string;
  eventSource: 'kms.amazonaws.com' | 'sts.amazonaws.com' | 'iam.amazonaws.com';
  eventName: string;
  awsRegion: string;
  sourceIPAddress: string;
  userAgent: string;
  userIdentity: { type: string; principalId?: string; arn?: string; accountId?: string; accessKeyId?: string };
  requestParameters: Record<string, unknown>;
  resources: { ARN: string; accountId: string; type: string }[];
  requestID: string;
  errorCode?: string;
  errorMessage?: string;
}

export interface CallLog {
  add(record: Omit<CallRecord, 'eventID' | 'eventTime'>): void;
  /** Oldest first. `accountId` keeps the calls that the account made or whose resources it owns. */
  list(filter?: { accountId?: string; eventName?: string }): CallRecord[];
  clear(): void;
}

/** Kept in memory, the oldest dropped first. */
export function createCallLog(clock: Clock, capacity = 10_000): CallLog {
  let records: CallRecord[] = [];
  return {
    add(record) {
      records.push({ eventID: randomUUID(), eventTime: new Date(clock()).toISOString(), ...record });
      if (records.length > capacity) records = records.slice(-Math.ceil(capacity * 0.9));
    },
    list({ accountId, eventName } = {}) {
      return records.filter(
        (record) =>
          (accountId === undefined || concerns(record, accountId)) &&
          (eventName === undefined || record.eventName === eventName),
      );
    },
    clear() {
      records = [];
    },
  };
}

/** `undefined` for a caller whose signature did not verify. */
export function userIdentityOf(caller: Caller | undefined): CallRecord['userIdentity'] {
  if (!caller) return { type: 'Unknown' };
  return {
    type: { root: 'Root', user: 'IAMUser', 'role-session': 'AssumedRole' }[caller.kind],
    principalId: caller.userId,
    arn: caller.arn,
    accountId: caller.accountId,
    ...(caller.accessKeyId === undefined ? {} : { accessKeyId: caller.accessKeyId }),
  };
}

/** Request members that are safe to show, in CloudTrail's spelling: everything else is left out. */
const SHOWN = new Set([
  'AliasName',
  'BypassPolicyLockoutSafetyCheck',
  'Description',
  'DestinationEncryptionContext',
  'DestinationKeyId',
  'DurationSeconds',
  'EncryptionAlgorithm',
  'EncryptionContext',
  'ExternalId',
  'KeyId',
  'KeyPairSpec',
  'KeySpec',
  'KeyUsage',
  'MultiRegion',
  'NumberOfBytes',
  'Origin',
  'PendingWindowInDays',
  'Policy',
  'PolicyDocument',
  'PolicyName',
  'RoleArn',
  'RoleName',
  'RoleSessionName',
  'SourceEncryptionContext',
  'SourceKeyId',
  'TargetKeyId',
  'UserName',
]);

export function shownParameters(input: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(input)
      .filter(([name]) => SHOWN.has(name))
      .map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), value]),
  );
}

function concerns(record: CallRecord, accountId: string): boolean {
  return (
    record.userIdentity.accountId === accountId || record.resources.some((resource) => resource.accountId === accountId)
  );
}
