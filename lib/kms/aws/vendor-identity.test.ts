import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Customer, serviceRoleArn, startAws, vendorAccountId } from '../testing/customer.ts';
import {
  isSameRole,
  readServiceRoleArn,
  readVendorIdentity,
  roleOfSession,
  vendorAnsweredAt,
} from './vendor-identity.ts';

let aws: Customer;
beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.close());

describe('who the vendor is', () => {
  it('is asked from AWS: the account, and the role behind the session', async () => {
    expect(await readVendorIdentity()).toMatchObject({ accountId: vendorAccountId, roleArn: serviceRoleArn });
    expect(await readServiceRoleArn()).toBe(serviceRoleArn);
  });

  it('is compared without the path, which a session’s ARN does not tell', () => {
    const session = 'arn:aws:sts::999988887777:assumed-role/KeywardService/demo';
    expect(roleOfSession(session)).toBe('arn:aws:iam::999988887777:role/KeywardService');
    expect(isSameRole('arn:aws:iam::999988887777:role/KeywardService', session)).toBe(true);
    expect(isSameRole('arn:aws:iam::999988887777:role/team/prod/KeywardService', session)).toBe(true);
    expect(isSameRole('arn:aws:iam::999988887777:role/OtherService', session)).toBe(false);
    expect(isSameRole('arn:aws:iam::111122223333:role/KeywardService', session)).toBe(false);
    expect(roleOfSession('arn:aws:iam::999988887777:user/ann')).toBeUndefined();
  });
});

describe('whether the vendor’s identity answers', () => {
  const at = (seconds: number) => new Date(Date.UTC(2026, 10, 22, 12, 0, seconds));

  it('is answered with the instant of the last good answer, which serves for ten seconds', async () => {
    expect(await vendorAnsweredAt(at(0))).toEqual(at(0));
    await aws.faults({ service: 'sts', kind: 'error', name: 'InvalidClientTokenId', status: 403 });
    expect(await vendorAnsweredAt(at(9))).toEqual(at(0));
  });

  it('is denied as soon as AWS refuses the credentials', async () => {
    expect(await vendorAnsweredAt(at(11))).toBeUndefined();
    await aws.faults();
    expect(await vendorAnsweredAt(at(12))).toEqual(at(12));
  });

  it('stays what it was while AWS just does not answer', async () => {
    await aws.faults({ service: 'sts', kind: 'reset' });
    expect(await vendorAnsweredAt(at(40))).toEqual(at(12));
  });
});
