import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { KmsFailureCode } from '#lib/byok/kms-failure.ts';
import { accountId, type Customer, ids, startAws } from '../testing/customer.ts';
import { providerOf } from '../testing/provider-of.ts';
import { optionsFor, row, run } from '../testing/run-self-test.ts';
import { organizationForbids, vendorMay } from '../testing/whose-policies.ts';
import type { DeniedBy } from './error-map.ts';

let aws: Customer;
beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.close());
afterEach(async () => {
  await vendorMay(aws, 'assume');
  await organizationForbids(aws, accountId, []);
});

describe('STS denies and names the policy', () => {
  const table: [string, () => Promise<unknown>, KmsFailureCode, DeniedBy, RegExp][] = [
    [
      'our own permissions',
      () => vendorMay(aws, 'nothing'),
      'vendor-denied',
      'identity-policy',
      /^The vendor’s own permissions/,
    ],
    ['our own boundary', () => vendorMay(aws, 'no-more-than-kms'), 'vendor-denied', 'permissions-boundary', /boundary/],
    [
      'the customer’s organization',
      () => organizationForbids(aws, accountId, ['sts:AssumeRole']),
      'organization-denied',
      'organization-policy',
      /your AWS organization/,
    ],
  ];
  it.each(table)('%s', async (_, deny, failure, deniedBy, summary) => {
    await deny();
    const provider = providerOf(aws);
    await expect(provider.generateDataKey(ids)).rejects.toMatchObject({ failure, deniedBy });
    provider.close();
    const check = row(await run(optionsFor(aws)), 'authentication');
    expect(check).toMatchObject({ outcome: 'failed', cause: failure, summary: expect.stringMatching(summary) });
    // The trust policy is right: nobody is told to replace it.
    expect(check?.remedy?.policy).toBeUndefined();
  });

  it('at KMS an organization’s policy denies the customer’s own role', async () => {
    await organizationForbids(aws, accountId, ['kms:GenerateDataKey']);
    const provider = providerOf(aws);
    const denied = { failure: 'access-denied', deniedBy: 'organization-policy' };
    await expect(provider.generateDataKey(ids)).rejects.toMatchObject(denied);
    provider.close();
  });
});
