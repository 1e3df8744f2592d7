import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labelStatements, permissionTable } from '#lib/byok/aws/permitted-actions.ts';
import { type Customer, startAws } from '../../testing/customer.ts';
import { createKey } from '../../testing/provider-of.ts';
import { optionsFor, type Report, row, run } from '../../testing/run-self-test.ts';

let aws: Customer;

beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws?.close());

const permissions = ({ results, done }: Report) =>
  Object.fromEntries(
    permissionTable([...results.values()], { dataKeyPair: false, passed: done.passed }).map(({ action, outcome }) => [
      action,
      outcome,
    ]),
  );

describe('under the policies that we show', () => {
  it('each action that is needed is permitted, and what is only nice to see is not', async () => {
    const report = await run(optionsFor(aws));
    expect(report.done.passed).toBe(true);
    expect(permissions(report)).toEqual({
      'kms:DescribeKey': 'permitted',
      'kms:GenerateDataKey': 'permitted',
      'kms:Encrypt': 'permitted',
      'kms:Decrypt': 'permitted',
      'kms:GetKeyRotationStatus': 'not-permitted-to-see',
      'kms:ListAliases': 'not-permitted-to-see',
      'kms:ListResourceTags': 'not-permitted-to-see',
    });
    expect(report.done.facts).toMatchObject({
      own: { multiRegion: 'single' },
      aliases: null,
      tags: null,
      rotatesByItself: null,
    });
    expect(row(report, 'key').outcome).toBe('passed');
  });

  it('with the statements for labels beside them, the labels are told', async () => {
    const document = aws.policies.permission as { Statement: object[] };
    await aws.put.permission({ ...document, Statement: [...document.Statement, ...labelStatements(aws.keyArn)] });
    await aws.kms('TagResource', { KeyId: aws.keyArn, Tags: [{ TagKey: 'owner', TagValue: 'security' }] });
    const { done } = await run(optionsFor(aws));
    expect(done.facts).toMatchObject({
      aliases: [expect.stringMatching(/^alias\//)],
      tags: expect.arrayContaining([{ key: 'owner', value: 'security' }]),
      rotatesByItself: expect.any(Boolean),
    });
    await aws.applyPolicies();
  });
});

it('what is missing reads denied, and what was not reached reads not tried', async () => {
  const document = aws.policies.permission as { Statement: { Action: string | string[] }[] };
  const without = document.Statement.map((statement) => ({
    ...statement,
    Action: [statement.Action].flat().filter((action) => action !== 'kms:Encrypt'),
  }));
  await aws.put.permission({ ...document, Statement: without });
  await aws.put.key({
    ...aws.policies.key,
    Statement: aws.policies.key.Statement.map((statement) => ({
      ...statement,
      Action: [statement.Action].flat().filter((action) => action !== 'kms:Encrypt'),
    })),
  });
  const report = await run(optionsFor(aws));
  expect(permissions(report)).toMatchObject({
    'kms:GenerateDataKey': 'permitted',
    'kms:Encrypt': 'denied',
    'kms:Decrypt': 'not-tried',
  });
  await aws.applyPolicies();
});

it('a multi-Region key is told from a single-Region key', async () => {
  const made = await aws.kms('CreateKey', { MultiRegion: true });
  const { Arn } = made.KeyMetadata as { Arn: string };
  await aws.put.key(aws.policies.key, Arn);
  const { done } = await run(optionsFor(aws, {}, { keyArn: Arn }));
  expect(done.facts?.own.multiRegion).toBe('primary');
  const single = await createKey(aws);
  const other = await run(optionsFor(aws, {}, { keyArn: single }));
  expect(other.done.facts?.own.multiRegion).toBe('single');
});
