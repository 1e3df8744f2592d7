import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type AwsCheckId, awsCheckIds } from '#lib/byok/aws/checks.ts';
import { isPassing } from '#lib/byok/test-report.ts';
import { keyPolicy, permissionPolicy } from '../../../byok/aws/policies.ts';
import { accountId, type Customer, startAws, tenantId } from '../../testing/customer.ts';
import { optionsFor, outcomes, row, run } from '../../testing/run-self-test.ts';

let aws: Customer;
beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.close());
afterEach(async () => {
  await aws.faults();
  await aws.applyPolicies();
});

const asked = { dataKeyPair: true };
const pair: AwsCheckId = 'data-key-pair';

/** The policies that are shown where the choice is on. */
async function allowPairs(keyArn = aws.keyArn): Promise<void> {
  await aws.put.permission(permissionPolicy({ keyArn, tenantId, ...asked }));
  await aws.put.key(keyPolicy({ partition: 'aws', accountId, roleArn: aws.roleArn, tenantId, ...asked }), keyArn);
}

describe('where a data key pair is asked for', () => {
  it('one is made under our context, and test data comes back through it', async () => {
    await allowPairs();
    const report = await run(optionsFor(aws, {}, asked));
    expect(report.done.passed).toBe(true);
    expect(row(report, pair)).toMatchObject({ outcome: 'passed', providerRequestIds: [expect.any(String)] });
    const [call] = (await aws.calls()).filter((one) => one.eventName === 'GenerateDataKeyPair');
    expect(call?.requestParameters).toMatchObject({
      keyPairSpec: 'RSA_2048',
      encryptionContext: { 'keyward:tenant': tenantId },
    });
    expect(JSON.stringify(report.events)).not.toContain('BEGIN');
  });

  it('a denial fails with the very policy to apply', async () => {
    const denied = row(await run(optionsFor(aws, {}, asked)), pair);
    expect(denied).toMatchObject({ outcome: 'failed', remedy: { policy: { kind: 'permission' } } });
    expect(JSON.stringify(denied.remedy?.policy?.document)).toContain('kms:GenerateDataKeyPair');
    await aws.put.permission(denied.remedy?.policy?.document ?? {});
    expect(row(await run(optionsFor(aws, {}, asked)), pair).outcome).toBe('passed');
  });

  it('is not run once something before it has failed', async () => {
    await aws.put.trust({ Version: '2012-10-17', Statement: [{ ...aws.policies.trust.Statement[0], Condition: {} }] });
    const report = await run(optionsFor(aws, {}, asked));
    expect(outcomes(report)).toMatchObject({ 'confused-deputy': 'failed', [pair]: 'not-run' });
  });

  it('is skipped for a key in a custom key store, with the reason, and that is no failure', async () => {
    const { KeyMetadata } = await aws.kms('CreateKey', {
      Origin: 'AWS_CLOUDHSM',
      CustomKeyStoreId: 'cks-1234567890abcdef0',
    });
    const keyArn = String((KeyMetadata as { Arn: string }).Arn);
    await allowPairs(keyArn);
    const report = await run(optionsFor(aws, {}, { ...asked, keyArn }));
    expect(row(report, pair)).toMatchObject({
      outcome: 'skipped',
      summary: expect.stringContaining('custom key store'),
    });
    expect(isPassing(awsCheckIds, [...report.results.values()])).toBe(true);
  });

  it('a wrong key in the answer fails: another key’s pair proves nothing', async () => {
    await allowPairs();
    await aws.faults({ kind: 'wrong-key-id', action: 'GenerateDataKeyPair' });
    expect(row(await run(optionsFor(aws, {}, asked)), pair)).toMatchObject({ outcome: 'failed', cause: 'wrong-key' });
  });
});

it('where none is asked for, none is made and none has to be allowed', async () => {
  const before = (await aws.calls()).filter((one) => one.eventName === 'GenerateDataKeyPair').length;
  expect(outcomes(await run(optionsFor(aws)))).toMatchObject({ [pair]: 'skipped' });
  expect((await aws.calls()).filter((one) => one.eventName === 'GenerateDataKeyPair')).toHaveLength(before);
  expect(JSON.stringify(aws.policies)).not.toContain('DataKeyPair');
});
