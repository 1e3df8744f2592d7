import { afterAll, beforeAll, expect, it } from 'vitest';
import { VENDOR_ELSEWHERE, vendorRoleArn } from '../../../e2e/aws-simulator/world-defaults.ts';
import { parseConfig } from '../../config/parse.ts';
import { checkIdentities } from '../../keyring/check-identities.ts';
import { type Customer, serviceRoleArn, startAws, vendorAccountId } from '../testing/customer.ts';
import { configureElsewhere } from '../testing/vendor-elsewhere.ts';
import { readVendorIdentity, vendorAnsweredAt } from './vendor-identity.ts';

let aws: Customer;
let elsewhere: ReturnType<typeof configureElsewhere>;
beforeAll(async () => {
  aws = await startAws();
  elsewhere = configureElsewhere();
});
afterAll(async () => {
  elsewhere.close();
  await aws.close();
});

it.each([
  ['ap-south-1', '999988886666', 'aws'],
  ['us-gov-east-1', '999988885555', 'aws-us-gov'],
  ['cn-north-1', '999988884444', 'aws-cn'],
  ['us-east-1', vendorAccountId, 'aws'],
])('in %s we are the account %s of %s', async (region, accountId, partition) => {
  expect(await readVendorIdentity(region)).toMatchObject({
    accountId,
    roleArn: `arn:${partition}:iam::${accountId}:role/KeywardService`,
  });
});

it('whether we answer is asked of the identity of the region: a fault in one partition says nothing of another', async () => {
  // A day of its own: what a process has learned is remembered for some seconds.
  const at = (seconds: number) => new Date(Date.UTC(2026, 10, 27, 12, 0, seconds));
  expect(await vendorAnsweredAt(at(0), 'us-gov-west-1')).toEqual(at(0));
  await aws.faults({ service: 'sts', kind: 'error', name: 'InvalidClientTokenId', status: 403, count: 1 });
  expect(await vendorAnsweredAt(at(20), 'us-gov-west-1')).toBeUndefined();
  expect(await vendorAnsweredAt(at(20), 'us-east-1')).toEqual(at(20));
  expect(await vendorAnsweredAt(at(21), 'us-gov-west-1')).toEqual(at(21));
});

it('at start each configured role is compared with who AWS says that we are there', async () => {
  const all = parseConfig({
    DATABASE_URL: 'postgresql://keyward_app@127.0.0.1/keyward',
    KEYWARD_ROOT_KEY: Buffer.alloc(32).toString('base64'),
    NEXTAUTH_SECRET: 's'.repeat(32),
    NEXTAUTH_URL: 'http://127.0.0.1:3000',
    KEYWARD_SERVICE_ROLE_ARN: serviceRoleArn,
    KEYWARD_SERVICE_PRINCIPALS: elsewhere.principals,
  });
  const { servicePrincipals } = all;
  await expect(checkIdentities(all)).resolves.toBeUndefined();
  const other = vendorRoleArn(VENDOR_ELSEWHERE[1]).replace('KeywardService', 'SomebodyElse');
  const wrong = servicePrincipals.map((one) => (one.regions === 'us-gov-*' ? { ...one, roleArn: other } : one));
  await expect(checkIdentities({ ...all, servicePrincipals: wrong })).rejects.toThrow(
    /KEYWARD_SERVICE_PRINCIPALS for us-gov-\* names .*SomebodyElse.* Nothing was started\./,
  );
});
