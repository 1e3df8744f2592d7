import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { leastUserPolicy, userPolicy } from '#lib/byok/aws/user-policies.ts';
import { classifyLoss } from '../classify-loss.ts';
import { KmsError } from '../errors.ts';
import { type ContractSubject, describeProvider } from '../provider.contract.ts';
import { type AccessKeyUser, makeUser } from '../testing/access-key-user.ts';
import { type Customer, ids, region, startAws, tenantId } from '../testing/customer.ts';
import { providerOf } from '../testing/provider-of.ts';
import type { AwsProviderOptions } from './provider.ts';
import { awsDenials } from './whose-denial.ts';

const byAccessKey = { auth: { mode: 'access-key' }, key: { region } } as const;

/** Two keys whose policies leave it to IAM, and a user who may use both as `policy` says. */
async function subject(policy: typeof userPolicy, more: Partial<AwsProviderOptions>) {
  const aws = await startAws();
  const arns = [];
  for (let n = 0; n < 2; n++) arns.push(String(((await aws.kms('CreateKey', {})).KeyMetadata as { Arn: string }).Arn));
  const [keyArn = '', otherArn = ''] = arns;
  const statements = arns.flatMap((arn) => policy({ keyArn: arn, tenantId }).Statement);
  const Statement = statements.map((it, at) => ({ ...it, Sid: `S${at}` }));
  const user = await makeUser({ ...aws, keyArn }, { Version: '2012-10-17', Statement });
  const access = { mode: 'access-key', ...user.accessKey } as const;
  return {
    provider: providerOf(aws, { access, keyArn, ...more }),
    other: providerOf(aws, { access, keyArn: otherArn, ...more }),
    isOurs: (error) => awsDenials.areOurs(error, byAccessKey, new Date()),
    close: aws.close,
  } satisfies ContractSubject;
}

describeProvider('a customer’s key by access key', () => subject(userPolicy, {}));
describeProvider('a customer’s key by an access key that may encrypt and decrypt only', () =>
  subject(leastUserPolicy, { generates: false, describes: false }),
);

describe('a provider with an access key', () => {
  let aws: Customer;
  let user: AccessKeyUser;
  beforeAll(async () => {
    aws = await startAws();
    const made = await aws.kms('CreateKey', {});
    aws = { ...aws, keyArn: String((made.KeyMetadata as { Arn: string }).Arn) };
  });
  afterAll(() => aws.close());
  beforeEach(async () => {
    await aws.faults();
    user = await makeUser(aws);
  });

  const connect = (more: Partial<AwsProviderOptions> = {}) =>
    providerOf(aws, { access: { mode: 'access-key', ...user.accessKey }, ...more });
  const failureOf = (work: Promise<unknown>): Promise<KmsError> =>
    work.then(
      () => {
        throw new Error('it did not fail');
      },
      (thrown) => {
        expect(thrown).toBeInstanceOf(KmsError);
        return thrown;
      },
    );
  const lossOf = async (error: KmsError) => {
    const isOurs = await awsDenials.areOurs(error, byAccessKey, new Date());
    return classifyLoss(error, { everWorked: true, isOurs });
  };

  it.each([
    ['deactivated', () => user.setActive(false)],
    ['deleted', () => user.deleteAccessKey()],
  ])('that was %s after it had worked is revoked, whatever the vendor’s own identity does', async (_, take) => {
    const provider = connect();
    const { wrapped } = await provider.generateDataKey(ids);
    await take();
    for (const call of [provider.unwrap(wrapped, ids), provider.generateDataKey(ids), provider.probe()]) {
      const failure = await failureOf(call);
      expect(failure).toMatchObject({ failure: 'access-key-unknown' });
      expect(await lossOf(failure)).toBe('revoked');
      expect(JSON.stringify(failure)).not.toContain(user.accessKey.secretAccessKey);
    }
    provider.close();
  });

  it('whose secret is another one is told so', async () => {
    const other = await user.createAccessKey();
    const access = { mode: 'access-key', ...user.accessKey, secretAccessKey: other.secretAccessKey } as const;
    const failure = await failureOf(connect({ access }).wrap(Buffer.alloc(32), ids));
    expect(failure).toMatchObject({ failure: 'access-key-secret-wrong' });
  });

  it('is probed without DescribeKey where that was never permitted, and with a DescribeKey that is denied by now', async () => {
    await user.may(leastUserPolicy({ keyArn: aws.keyArn, tenantId }));
    await aws.send('DELETE', 'calls');
    await connect({ describes: false }).probe();
    expect((await aws.calls()).map(({ eventName }) => eventName)).toEqual(['Encrypt', 'Decrypt']);
    await connect().probe();
    expect((await aws.calls()).map(({ eventName }) => eventName).slice(2)).toEqual([
      'DescribeKey',
      'Encrypt',
      'Decrypt',
    ]);
  });

  it('takes an unclear state for an outage where it may not look, and never for a revocation', async () => {
    await user.may(leastUserPolicy({ keyArn: aws.keyArn, tenantId }));
    const provider = connect({ generates: false, describes: false });
    const { wrapped } = await provider.generateDataKey(ids);
    await aws.faults({ service: 'kms', action: 'Decrypt', kind: 'error', name: 'KMSInvalidStateException' });
    const failure = await failureOf(provider.unwrap(wrapped, ids));
    expect(failure).toMatchObject({ failure: 'key-state-unclear' });
    expect(await lossOf(failure)).toBe('outage');
  });

  it('asks no STS, and never for a data key that it may not have', async () => {
    await aws.send('DELETE', 'calls');
    const provider = connect({ generates: false });
    const made = await provider.generateDataKey(ids);
    expect(made.plaintext).toHaveLength(32);
    expect((await aws.calls()).map(({ eventName }) => eventName)).toEqual(['Encrypt']);
  });
});
