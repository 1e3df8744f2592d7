import { describe, expect, it } from 'vitest';
import { awsAliasProblem, createdKeyPolicy, creationPolicy, deletionCommand, searchCommand } from './created-key.ts';
import { readPolicyShape } from './policy-shape.ts';

const tenantId = '6f1c4d0e-8a53-4b7e-9f0a-2f6f5f5c9a11';
const where = { partition: 'aws', region: 'eu-west-1', accountId: '111122223333' } as const;

describe('what Keyward is allowed while it creates a key', () => {
  const statements = creationPolicy({ ...where, tenantId }).Statement;

  it('creates and tags only with this tenant’s tag, in this region', () => {
    expect(statements[0]?.Condition).toEqual({
      StringEquals: { 'aws:RequestTag/keyward:tenant': tenantId, 'aws:RequestedRegion': 'eu-west-1' },
    });
  });

  it('may use no key, read no tag and set no policy', () => {
    const actions = statements.flatMap((statement) => statement.Action);
    expect(actions).toEqual(['kms:CreateKey', 'kms:TagResource', 'kms:ListKeys', 'kms:CreateAlias']);
  });

  it('names keys keyward-… alone, also before the account is known', () => {
    expect(statements[2]?.Resource).toBe('arn:aws:kms:eu-west-1:111122223333:alias/keyward-*');
    const unknown = creationPolicy({ ...where, accountId: '', tenantId }).Statement[2];
    expect(unknown?.Resource).toBe('arn:aws:kms:eu-west-1:*:alias/keyward-*');
  });
});

describe('the policy that a created key begins with', () => {
  const principalArn = 'arn:aws:iam::111122223333:user/keyward';
  const policy = createdKeyPolicy({
    partition: 'aws',
    accountId: where.accountId,
    principalArn,
    tenantId,
    shape: readPolicyShape(null),
    dataKeyPair: false,
    createdAt: new Date('2026-11-22T12:00:00.123Z'),
  });
  const bySid = new Map(policy.Statement.map((statement) => [statement.Sid, statement]));

  it('keeps the account’s own administrators, and denies every other context', () => {
    expect(bySid.get('EnableIAMUserPermissions')?.Principal).toEqual({ AWS: 'arn:aws:iam::111122223333:root' });
    expect(bySid.get('KeywardOnlyInThisContext')).toMatchObject({ Effect: 'Deny', Principal: { AWS: principalArn } });
  });

  it('lets its creator set the policy and the alias for a quarter of an hour', () => {
    expect(bySid.get('KeywardCreatesThisKey')).toMatchObject({
      Principal: { AWS: principalArn },
      Action: ['kms:PutKeyPolicy', 'kms:CreateAlias'],
      Condition: { DateLessThan: { 'aws:CurrentTime': '2026-11-22T12:15:00Z' } },
    });
  });
});

it.each([
  ['', undefined],
  ['alias/keyward-production', undefined],
  ['keyward-production', /begins with/],
  ['alias/keyward-', /letters/],
  ['alias/keyward-a b', /letters/],
])('an alias in AWS of %j', (text, problem) => {
  if (problem) expect(awsAliasProblem(text)).toMatch(problem);
  else expect(awsAliasProblem(text)).toBeUndefined();
});

it('the commands name the region and the key, or the tag', () => {
  const keyArn = 'arn:aws:kms:eu-west-1:111122223333:key/x';
  expect(deletionCommand({ keyArn, region: 'eu-west-1' })).toBe(
    `aws kms schedule-key-deletion --key-id ${keyArn} --pending-window-in-days 7 --region eu-west-1`,
  );
  expect(searchCommand({ creationId: 'abc', region: 'eu-west-1' })).toContain('Key=keyward:creation,Values=abc');
});
