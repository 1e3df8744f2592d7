import { describe, expect, it } from 'vitest';
import { permissionPolicy } from '#lib/byok/aws/policies.ts';
import { type ContractSubject, describeProvider } from '../provider.contract.ts';
import { externalId, region, startAws, tenantId } from '../testing/customer.ts';
import { createKey, providerOf } from '../testing/provider-of.ts';
import { createAwsProvider } from './provider.ts';
import { awsDenials } from './whose-denial.ts';

describeProvider('a customer’s key in AWS KMS', async () => {
  const aws = await startAws();
  const second = await createKey(aws);
  const { permission } = aws.policies;
  const both = [...permission.Statement, ...permissionPolicy({ keyArn: second, tenantId }).Statement];
  await aws.put.permission({ ...permission, Statement: both.map((it, at) => ({ ...it, Sid: `S${at}` })) });
  const isOurs: ContractSubject['isOurs'] = (error) =>
    awsDenials.areOurs(error, { auth: { mode: 'assume-role' }, key: { region } }, new Date());
  return { provider: providerOf(aws), other: providerOf(aws, { keyArn: second }), isOurs, close: aws.close };
});

const roleArn = 'arn:aws:iam::111122223333:role/BYOK_Role';
const access = { mode: 'assume-role', roleArn, externalId } as const;
const keyArn = 'arn:aws:kms:us-east-1:111122223333:key/8cdca674-96a6-4a51-bd21-896541a2b840';

describe('a provider', () => {
  it.each([
    [{ region: 'attacker' }, 'region-unknown'],
    [{ region: 'eu-west-1' }, 'invalid-arn'],
    [{ keyArn: 'arn:aws:kms:us-east-1:111122223333:alias/byok-prod' }, 'invalid-arn'],
  ])('for %o is refused before anything is dialled', (more, failure) => {
    expect(() => createAwsProvider({ tenantId, access, region, keyArn, revision: 'version-1', ...more })).toThrow(
      expect.objectContaining({ failure }),
    );
  });
});
