import { describe, expect, it } from 'vitest';
import { conditionsHold } from './conditions.ts';
import { parsePolicy } from './document.ts';

const OPERATORS =
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html';
const MULTI =
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html';
const LOGIC =
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html';
const KMS = 'https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html';

type Row = [source: string, condition: object, request: Record<string, string | string[]>, holds: boolean];

const CTX = 'kms:EncryptionContext:keyward:tenant';
const KEYS = 'kms:EncryptionContextKeys';

const ROWS: Row[] = [
  [OPERATORS, { StringEquals: { 'sts:ExternalId': 'a' } }, { 'sts:ExternalId': 'a' }, true],
  [OPERATORS, { StringEquals: { 'sts:ExternalId': 'a' } }, { 'sts:ExternalId': 'A' }, false],
  [OPERATORS, { StringEquals: { 'sts:ExternalId': 'a*' } }, { 'sts:ExternalId': 'abc' }, false],
  [OPERATORS, { StringEquals: { 'sts:ExternalId': 'a' } }, {}, false],
  [OPERATORS, { StringEqualsIgnoreCase: { 'sts:ExternalId': 'a' } }, { 'sts:ExternalId': 'A' }, true],
  [OPERATORS, { StringEqualsIfExists: { 'sts:ExternalId': 'a' } }, {}, true],
  [OPERATORS, { StringEqualsIfExists: { 'sts:ExternalId': 'a' } }, { 'sts:ExternalId': 'b' }, false],
  [OPERATORS, { StringNotEquals: { [CTX]: 'a' } }, { [CTX]: 'b' }, true],
  [OPERATORS, { StringNotEquals: { [CTX]: 'a' } }, { [CTX]: 'a' }, false],
  [OPERATORS, { StringNotEquals: { [CTX]: 'a' } }, {}, true],
  [OPERATORS, { StringNotEqualsIgnoreCase: { [CTX]: 'a' } }, { [CTX]: 'A' }, false],
  [OPERATORS, { StringLike: { [CTX]: 'te?ant-*' } }, { [CTX]: 'tenant-1' }, true],
  [OPERATORS, { StringNotLike: { [CTX]: 'tenant-*' } }, { [CTX]: 'tenant-1' }, false],
  [OPERATORS, { StringNotLike: { [CTX]: 'tenant-*' } }, {}, true],
  [
    OPERATORS,
    { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/K*' } },
    { 'aws:PrincipalArn': 'arn:aws:iam::1:role/Key' },
    true,
  ],
  [
    OPERATORS,
    { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/K*' } },
    { 'aws:PrincipalArn': 'arn:aws:iam::1:role/Key' },
    true,
  ],
  [
    OPERATORS,
    { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::1:role/K*' } },
    { 'aws:PrincipalArn': 'arn:aws:iam::2:role/K' },
    true,
  ],
  [OPERATORS, { Bool: { 'aws:SecureTransport': 'true' } }, { 'aws:SecureTransport': 'true' }, true],
  [OPERATORS, { Bool: { 'aws:SecureTransport': false } }, { 'aws:SecureTransport': 'true' }, false],
  [OPERATORS, { Bool: { 'aws:SecureTransport': false } }, {}, false],
  [OPERATORS, { Null: { 'aws:TokenIssueTime': 'true' } }, {}, true],
  [OPERATORS, { Null: { 'aws:TokenIssueTime': 'true' } }, { 'aws:TokenIssueTime': '2026-01-01T00:00:00Z' }, false],
  [OPERATORS, { Null: { [CTX]: 'false' } }, { [CTX]: 'x' }, true],
  [
    OPERATORS,
    { NumericLessThan: { 'kms:ScheduleKeyDeletionPendingWindowInDays': '30' } },
    { 'kms:ScheduleKeyDeletionPendingWindowInDays': '7' },
    true,
  ],
  [
    OPERATORS,
    { NumericGreaterThanEquals: { 'kms:ScheduleKeyDeletionPendingWindowInDays': 30 } },
    { 'kms:ScheduleKeyDeletionPendingWindowInDays': '7' },
    false,
  ],
  [
    OPERATORS,
    { DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' } },
    { 'aws:CurrentTime': '2026-11-22T00:00:00Z' },
    true,
  ],
  [
    OPERATORS,
    { DateGreaterThan: { 'aws:TokenIssueTime': '2026-11-22T00:00:00Z' } },
    { 'aws:TokenIssueTime': '2026-11-21T00:00:00Z' },
    false,
  ],
  [OPERATORS, { IpAddress: { 'aws:SourceIp': '127.0.0.0/8' } }, { 'aws:SourceIp': '127.0.0.1' }, true],
  [
    OPERATORS,
    { NotIpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '127.0.0.1'] } },
    { 'aws:SourceIp': '127.0.0.1' },
    false,
  ],
  [LOGIC, { StringEquals: { [CTX]: ['a', 'b'] } }, { [CTX]: 'b' }, true],
  [LOGIC, { StringNotEquals: { [CTX]: ['a', 'b'] } }, { [CTX]: 'b' }, false],
  [LOGIC, { StringNotEquals: { [CTX]: ['a', 'b'] } }, { [CTX]: 'c' }, true],
  [LOGIC, { StringEquals: { [CTX]: 'a', 'kms:CallerAccount': '1' } }, { [CTX]: 'a', 'kms:CallerAccount': '2' }, false],
  [
    LOGIC,
    { StringEquals: { [CTX]: 'a' }, StringLike: { 'kms:CallerAccount': '1*' } },
    { [CTX]: 'a', 'kms:CallerAccount': '11' },
    true,
  ],
  [MULTI, { 'ForAllValues:StringEquals': { [KEYS]: ['a', 'b'] } }, { [KEYS]: ['a'] }, true],
  [MULTI, { 'ForAllValues:StringEquals': { [KEYS]: ['a', 'b'] } }, { [KEYS]: ['a', 'c'] }, false],
  [MULTI, { 'ForAllValues:StringEquals': { [KEYS]: ['a', 'b'] } }, {}, true],
  [MULTI, { 'ForAnyValue:StringEquals': { [KEYS]: ['a', 'b'] } }, { [KEYS]: ['c', 'a'] }, true],
  [MULTI, { 'ForAnyValue:StringEquals': { [KEYS]: ['a', 'b'] } }, { [KEYS]: ['c'] }, false],
  [MULTI, { 'ForAnyValue:StringEquals': { [KEYS]: ['a', 'b'] } }, {}, false],
  [MULTI, { 'ForAnyValue:StringNotEquals': { [KEYS]: ['a'] } }, { [KEYS]: ['a', 'b'] }, true],
  [MULTI, { 'ForAnyValue:StringLike': { [KEYS]: 'keyward:*' } }, { [KEYS]: ['keyward:app'] }, true],
  [KMS, { StringEquals: { 'kms:EncryptionContext:AppName': 'X' } }, { 'kms:EncryptionContext:appname': 'X' }, true],
  [KMS, { StringEquals: { 'kms:EncryptionContext:AppName': 'X' } }, { 'kms:EncryptionContext:AppName': 'x' }, false],
  [KMS, { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } }, {}, false],
];

describe('conditions', () => {
  it.each(ROWS)('%s: %j with %j is %s', (_, condition, request, holds) => {
    const text = JSON.stringify({ Statement: { Effect: 'Allow', Action: '*', Resource: '*', Condition: condition } });
    const [statement] = parsePolicy(text, 'identity');
    const context = new Map(
      Object.entries(request).map(([key, value]) => [key.toLowerCase(), typeof value === 'string' ? [value] : value]),
    );
    expect(conditionsHold(statement?.conditions ?? [], context)).toBe(holds);
  });
});
