import { describe, expect, it } from 'vitest';
import { type PolicyKind, parsePolicy } from './document.ts';
import { PolicyError } from './policy-error.ts';

const ELEMENTS = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html';
const CONDITIONS = 'https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html';
const QUOTAS = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html';

const identity = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' };
const key = { ...identity, Principal: '*' };
/** `${aws:userid}`, put together so that it is plainly no template. */
const VARIABLE = ['$', '{aws:userid}'].join('');
const trust = { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' };

/** What the simulator does not know is an error when the policy is saved, never something that it skips. */
const REFUSED: [source: string, what: string, kind: PolicyKind, statement: object, message: RegExp][] = [
  [ELEMENTS, 'an unknown element', 'identity', { ...identity, Remark: 'x' }, /Remark/],
  [ELEMENTS, 'an unknown action', 'identity', { ...identity, Action: 'kms:Decode' }, /no action kms:Decode/],
  [ELEMENTS, 'an unknown service', 'identity', { ...identity, Action: 's3:GetObject' }, /no action s3:GetObject/],
  [ELEMENTS, 'an unknown effect', 'identity', { ...identity, Effect: 'Permit' }, /Effect/],
  [
    ELEMENTS,
    'an action and its opposite',
    'identity',
    { ...identity, NotAction: 'kms:Encrypt' },
    /either Action or NotAction/,
  ],
  [ELEMENTS, 'no resource', 'identity', { Effect: 'Allow', Action: '*' }, /either Resource or NotResource/],
  [ELEMENTS, 'a resource that is no ARN', 'identity', { ...identity, Resource: 'alias/mine' }, /not an ARN/],
  [
    ELEMENTS,
    'a resource of another service',
    'identity',
    { ...identity, Resource: 'arn:aws:s3:::bucket' },
    /no resource/,
  ],
  [ELEMENTS, 'a principal in an identity policy', 'identity', key, /Principal is not allowed/],
  [ELEMENTS, 'no principal in a key policy', 'key', identity, /Principal is missing/],
  [ELEMENTS, 'NotPrincipal', 'key', { ...identity, NotPrincipal: { AWS: '*' } }, /NotPrincipal/],
  [ELEMENTS, 'a federated principal', 'trust', { ...trust, Principal: { Federated: 'x' } }, /type Federated/],
  [ELEMENTS, 'a principal that is no ARN', 'key', { ...key, Principal: { AWS: 'BYOK_Role' } }, /Invalid principal/],
  [
    ELEMENTS,
    'a group as principal',
    'key',
    { ...key, Principal: { AWS: 'arn:aws:iam::111122223333:group/g' } },
    /Invalid principal/,
  ],
  [ELEMENTS, 'a resource in a trust policy', 'trust', { ...trust, Resource: '*' }, /no Resource/],
  [ELEMENTS, 'an action of KMS in a trust policy', 'trust', { ...trust, Action: 'kms:Decrypt' }, /no place in a trust/],
  [ELEMENTS, 'an action of STS in a key policy', 'key', { ...key, Action: 'sts:AssumeRole' }, /no place in a key/],
  [
    ELEMENTS,
    'a policy variable',
    'identity',
    { ...identity, Condition: { StringEquals: { 'aws:userid': VARIABLE } } },
    /variables/,
  ],
  [ELEMENTS, 'a space in the Sid of an IAM policy', 'identity', { ...identity, Sid: 'Use the key' }, /Sid/],
  [
    ELEMENTS,
    'an unknown operator',
    'identity',
    { ...identity, Condition: { StringMatches: { 'aws:userid': 'x' } } },
    /operator StringMatches/,
  ],
  [
    ELEMENTS,
    'an unknown set operator',
    'identity',
    { ...identity, Condition: { 'ForSome:StringEquals': { 'aws:userid': 'x' } } },
    /operator ForSome/,
  ],
  [
    ELEMENTS,
    'an unknown condition key',
    'identity',
    { ...identity, Condition: { StringEquals: { 'aws:PrincipalOrgPaths': 'o-1' } } },
    /key aws:PrincipalOrgPaths/,
  ],
  [
    ELEMENTS,
    'a misspelt context key',
    'identity',
    { ...identity, Condition: { StringEquals: { 'kms:EncryptionContext': 'x' } } },
    /condition key/,
  ],
  [
    ELEMENTS,
    'a date that is none',
    'identity',
    { ...identity, Condition: { DateLessThan: { 'aws:CurrentTime': 'soon' } } },
    /a date/,
  ],
  [
    ELEMENTS,
    'a boolean that is none',
    'identity',
    { ...identity, Condition: { Bool: { 'aws:SecureTransport': 'yes' } } },
    /true/,
  ],
  [
    CONDITIONS,
    'many values without a set operator',
    'identity',
    { ...identity, Condition: { StringEquals: { 'kms:EncryptionContextKeys': 'x' } } },
    /ForAnyValue/,
  ],
  [
    CONDITIONS,
    'ForAllValues over one value',
    'key',
    { ...key, Condition: { 'ForAllValues:StringEquals': { 'kms:EncryptionContext:a': 'x' } } },
    /OverlyPermissiveCondition/,
  ],
  [ELEMENTS, 'NotPrincipal in a trust policy', 'trust', { ...trust, NotPrincipal: { AWS: '*' } }, /NotPrincipal/],
  [
    ELEMENTS,
    'NotPrincipal with Allow',
    'key',
    { ...identity, NotPrincipal: { AWS: 'arn:aws:iam::111122223333:root' } },
    /NotPrincipal has no place/,
  ],
  [
    ELEMENTS,
    'a wildcard in a principal',
    'key',
    { ...key, Principal: { AWS: 'arn:aws:iam::111122223333:role/*' } },
    /Invalid principal/,
  ],
  [
    ELEMENTS,
    'another action of STS in a trust policy',
    'trust',
    { ...trust, Action: 'sts:GetCallerIdentity' },
    /no place in a trust/,
  ],
  [QUOTAS, 'a dash of a word processor', 'key', { ...key, Sid: 'A – B' }, /U\+2013/],
  [QUOTAS, 'a key policy that is too long', 'key', { ...key, Sid: 'é'.repeat(17_000) }, /longer than 32768 bytes/],
  [QUOTAS, 'a trust policy that is too long', 'trust', { ...trust, Sid: 'x'.repeat(2100) }, /longer than 2048/],
];

describe('a policy document', () => {
  it.each(REFUSED)('%s: refuses %s', (_, __, kind, statement, message) => {
    const text = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    expect(() => parsePolicy(text, kind)).toThrowError(PolicyError);
    expect(() => parsePolicy(text, kind)).toThrowError(message);
  });

  it.each([
    ['not JSON', '{', /valid JSON/],
    ['another version', '{"Version":"2020-01-01","Statement":[]}', /Version/],
    ['no statement', '{"Version":"2012-10-17"}', /Statement 1/],
    ['an empty list of statements', '{"Version":"2012-10-17","Statement":[]}', /Statement is missing/],
    ['an element beside Statement', '{"Version":"2012-10-17","Statement":[],"Statements":[]}', /Statements/],
  ])('refuses %s', (_, text, message) => {
    expect(() => parsePolicy(text, 'identity')).toThrowError(message);
  });

  it.each<[PolicyKind, object]>([
    [
      'identity',
      { ...identity, Action: ['kms:GenerateDataKey*', 'kms:re*'], Resource: ['arn:aws:kms:*:111122223333:key/*'] },
    ],
    ['identity', { Effect: 'Deny', NotAction: 'kms:*', NotResource: '*' }],
    [
      'key',
      {
        ...key,
        Sid: 'Enable IAM User Permissions',
        Principal: { AWS: ['111122223333', 'arn:aws:iam::111122223333:root'] },
      },
    ],
    ['key', { ...key, Principal: { Service: 'logs.amazonaws.com' } }],
    ['key', { ...key, Principal: { AWS: 'arn:aws:iam::111122223333:role/a/path/App' } }],
    ['key', { ...key, Sid: 'Key_administrators (é) - eu-central-1' }],
    ['key', { Effect: 'Allow', Principal: '*', Action: 'kms:*' }],
    ['key', { Effect: 'Allow', Principal: '*', Resource: '*' }],
    ['trust', { ...trust, Condition: { StringEquals: { 'sts:ExternalId': 'x' } } }],
    ['session', { Effect: 'Deny', Action: '*', Resource: '*' }],
  ])('takes a well-formed %s policy: %j', (kind, statement) => {
    expect(parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statement }), kind)).toHaveLength(1);
  });

  it('takes a Sid twice in a key policy, and white space without counting it in IAM', () => {
    const twice = {
      Statement: [
        { ...key, Sid: 'a' },
        { ...key, Sid: 'a' },
      ],
    };
    expect(parsePolicy(JSON.stringify(twice), 'key')).toHaveLength(2);
    const wide = JSON.stringify({ Version: '2012-10-17', Statement: [trust] }, null, 10).padEnd(9_000);
    expect(parsePolicy(wide, 'trust')).toHaveLength(1);
  });

  it('refuses a Sid that is used twice', () => {
    const text = JSON.stringify({
      Statement: [
        { ...identity, Sid: 'a' },
        { ...identity, Sid: 'a' },
      ],
    });
    expect(() => parsePolicy(text, 'identity')).toThrowError(/used twice/);
  });
});
