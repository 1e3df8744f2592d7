import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VerifiableStep } from '#lib/byok/aws/set-up-steps.ts';
import { leastUserPolicy } from '#lib/byok/aws/user-policies.ts';
import type { RowId, StepStatus, VerifiedRow } from '#lib/byok/checklist.ts';
import { wordsOf } from '#lib/byok/messages/words.ts';
import { inWords } from '#lib/byok/test-report.ts';
import { type AccessKeyUser, makeUser, optionsForUser } from '../testing/access-key-user.ts';
import { type Customer, startAws, tenantId } from '../testing/customer.ts';
import { verifyStepAws } from './verify-step.ts';

let aws: Customer;

beforeAll(async () => {
  const world = await startAws();
  // As the wizard of AWS makes it: the key policy leaves it to IAM who may use the key.
  const made = await world.kms('CreateKey', {});
  aws = { ...world, keyArn: String((made.KeyMetadata as { Arn: string }).Arn) };
});
afterAll(() => aws?.close());

describe('the user of an access key', () => {
  it('is verified before there is a key: AWS tells whose the access key is', async () => {
    const user = await makeUser(aws);
    const { status, rows } = await verify('user', user, '');
    expect(status).toBe('verified');
    expect(rows.get('authentication')?.details).toContainEqual({
      label: 'User ARN',
      value: `arn:aws:iam::111122223333:user/${user.userName}`,
    });
  });

  it('whose access key AWS does not know fails, and its later steps say which comes first', async () => {
    const user = await makeUser(aws);
    await user.deleteAccessKey();
    expect((await verify('user', user, '')).status).toBe('failed');
    const { status, rows } = await verify('permission', user);
    expect(status).toBe('unknown');
    expect(rows.get('kms:DescribeKey')?.summary).toMatch(/Verify step 1, IAM user/);
  });
});

describe('its permission policy', () => {
  it('is verified action by action, also for a bare key ID', async () => {
    const user = await makeUser(aws);
    const { status, outcomes } = await verify('permission', user, aws.keyArn.slice(aws.keyArn.lastIndexOf('/') + 1));
    expect(status).toBe('partly');
    expect(Object.values(outcomes)).toEqual(['passed', 'passed', 'passed', 'passed']);
  });

  it('that allows Encrypt and Decrypt only is enough, with a warning for each of the others', async () => {
    const user = await makeUser(aws, leastUserPolicy({ keyArn: aws.keyArn, tenantId }));
    const { status, outcomes } = await verify('permission', user);
    expect(status).toBe('partly');
    expect(outcomes).toEqual({
      'kms:DescribeKey': 'warning',
      'kms:GenerateDataKey': 'warning',
      'kms:Encrypt': 'passed',
      'kms:Decrypt': 'passed',
    });
  });

  it('that does not allow Decrypt fails in that row, for the user', async () => {
    const least = leastUserPolicy({ keyArn: aws.keyArn, tenantId });
    const Statement = least.Statement.map((one) => ({ ...one, Action: 'kms:Encrypt' }));
    const user = await makeUser(aws, { ...least, Statement });
    const { status, rows } = await verify('permission', user);
    expect(status).toBe('failed');
    expect(rows.get('kms:Decrypt')).toMatchObject({ outcome: 'failed', summary: expect.stringMatching(/the user/) });
  });

  it('is never said together with the secret', async () => {
    const user = await makeUser(aws);
    for (const step of ['user', 'key', 'permission'] as const) {
      const { rows } = await verify(step, user);
      expect(JSON.stringify([...rows.values()])).not.toContain(user.accessKey.secretAccessKey);
    }
  });
});

async function verify(step: VerifiableStep, user: AccessKeyUser, keyArn = aws.keyArn) {
  const rows = new Map<RowId, VerifiedRow>();
  let status: StepStatus = 'open';
  for await (const event of verifyStepAws({ ...optionsForUser(aws, user, { keyArn }), step })) {
    if (event.type === 'check') rows.set(event.result.id, inWords(event.result, wordsOf));
    if (event.type === 'done') status = event.status;
  }
  return { status, rows, outcomes: Object.fromEntries([...rows].map(([id, row]) => [id, row.outcome])) };
}
