import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KmsFailureCode, kmsFailures } from '#lib/byok/kms-failure.ts';
import { classifyLoss, type Loss } from '../classify-loss.ts';
import { KmsError } from '../errors.ts';
import { platformDenials } from '../platform/whose-denial.ts';
import { type Customer, region, startAws, vendorAccountId } from '../testing/customer.ts';
import { awsDenials } from './whose-denial.ts';

let aws: Customer;
beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.close());

const role = { provider: 'aws', authMode: 'assume-role', region } as const;
const accessKey = { provider: 'aws', authMode: 'access-key', region } as const;
const failures = Object.keys(kmsFailures) as KmsFailureCode[];
/** A day of its own: what a process has learned is remembered for some seconds. */
const at = (seconds: number) => new Date(Date.UTC(2026, 10, 25, 12, 0, seconds));
const refusesUs = {
  service: 'sts',
  action: 'GetCallerIdentity',
  kind: 'error',
  name: 'InvalidClientTokenId',
  status: 403,
};
/** What was asked as ourselves: GetCallerIdentity. */
const calls = async () => ((await aws.send('GET', `calls?accountId=${vendorAccountId}`)) as unknown as object[]).length;

/** For a key that had worked: with our own identity answering, and without. */
const expected = {
  throttled: ['outage', 'outage'],
  'kms-internal': ['outage', 'outage'],
  'dependency-timeout': ['outage', 'outage'],
  'key-unavailable': ['outage', 'outage'],
  unreachable: ['outage', 'outage'],
  'timed-out': ['outage', 'outage'],
  'key-state-unclear': ['outage', 'outage'],
  'custom-key-store': ['outage', 'outage'],
  'vendor-credentials': ['outage', 'outage'],
  'vendor-denied': ['outage', 'outage'],
  'organization-denied': ['revoked', 'revoked'],
  'clock-skew': ['outage', 'outage'],
  'access-key-unknown': ['revoked', 'revoked'],
  'access-key-secret-wrong': ['revoked', 'revoked'],
  aborted: ['outage', 'outage'],
  unexpected: ['outage', 'outage'],
  'expired-token': ['outage', 'outage'],
  'limit-exceeded': ['outage', 'outage'],
  'key-disabled': ['revoked', 'revoked'],
  'pending-deletion': ['revoked', 'revoked'],
  'pending-import': ['revoked', 'revoked'],
  'untrusted-certificate': ['outage', 'outage'],
  'key-not-found': ['revoked', 'revoked'],
  'access-denied': ['revoked', 'outage'],
  'assume-role-denied': ['revoked', 'outage'],
  'unrecognized-client': ['revoked', 'outage'],
  'invalid-arn': ['misconfigured', 'misconfigured'],
  'invalid-key-usage': ['misconfigured', 'misconfigured'],
  'invalid-signature': ['misconfigured', 'misconfigured'],
  'region-disabled': ['misconfigured', 'misconfigured'],
  'region-unknown': ['misconfigured', 'misconfigured'],
  'invalid-request': ['misconfigured', 'misconfigured'],
  'invalid-ciphertext': ['integrity', 'integrity'],
  'incorrect-key': ['integrity', 'integrity'],
  'wrong-key': ['integrity', 'integrity'],
  'wrong-plaintext': ['integrity', 'integrity'],
  'wrong-length': ['integrity', 'integrity'],
} as const satisfies Record<KmsFailureCode, [Loss, Loss]>;

async function lossOf(failure: KmsFailureCode, connection: typeof role | typeof accessKey, now: Date): Promise<Loss> {
  const error = new KmsError(failure);
  return classifyLoss(error, { everWorked: true, isOurs: await awsDenials.areOurs(error, connection, now) });
}

describe('a key of AWS that is lost by a call of ours', () => {
  it('as an assumed role is lost for each reason as the table says while our identity answers', async () => {
    for (const failure of failures)
      expect([failure, await lossOf(failure, role, at(0))]).toEqual([failure, expected[failure][0]]);
    expect(await calls()).toBe(1);
  });

  it('as an assumed role is out of reach where our identity does not answer and the reason looks the same', async () => {
    await aws.faults(refusesUs);
    for (const failure of failures)
      expect([failure, await lossOf(failure, role, at(20))]).toEqual([failure, expected[failure][1]]);
    await aws.faults();
  });

  it('as an assumed role is believed for a minute after our identity answered last, and not after', async () => {
    expect(await lossOf('access-denied', role, at(100))).toBe('revoked');
    await aws.faults({ service: 'sts', kind: 'reset' });
    expect(await lossOf('access-denied', role, at(160))).toBe('revoked');
    expect(await lossOf('access-denied', role, at(161))).toBe('outage');
    await aws.faults();
  });

  it('with an access key is lost by the customer’s own credentials: AWS is not asked who we are', async () => {
    await aws.faults(refusesUs);
    const before = await calls();
    for (const failure of failures)
      expect([failure, await lossOf(failure, accessKey, at(300))]).toEqual([failure, expected[failure][0]]);
    expect(await calls()).toBe(before);
    await aws.faults();
  });

  it('is not asked about where only the customer can have done it', async () => {
    const before = await calls();
    for (const failure of ['key-disabled', 'pending-deletion', 'key-not-found'] as const)
      expect(await lossOf(failure, role, at(400))).toBe('revoked');
    expect(await calls()).toBe(before);
  });
});

describe('the platform key', () => {
  it('is the vendor’s, and whatever denies it is our own trouble, which AWS is not asked about', async () => {
    const before = await calls();
    for (const failure of failures) {
      const error = new KmsError(failure);
      const isOurs = await platformDenials.areOurs(error, null, at(500));
      expect(['outage', 'integrity']).toContain(classifyLoss(error, { everWorked: true, isOurs }));
    }
    expect(await calls()).toBe(before);
  });
});
