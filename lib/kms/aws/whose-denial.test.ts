import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KmsFailureCode, kmsFailures } from '#lib/byok/kms-failure.ts';
import { classifyLoss } from '../classify-loss.ts';
import { KmsError } from '../errors.ts';
import { platformDenials } from '../platform/whose-denial.ts';
import { type Customer, region, startAws, vendorAccountId } from '../testing/customer.ts';
import { awsDenials } from './whose-denial.ts';

let aws: Customer;
beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.close());

const role = { auth: { mode: 'assume-role' }, key: { region } } as const;
const accessKey = { auth: { mode: 'access-key' }, key: { region } } as const;
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

/** What a fault of our own identity looks exactly like; every other failure is not asked about. */
const looksLikeOurs = ['assume-role-denied', 'unrecognized-client'] satisfies KmsFailureCode[];

const isOurs = (failure: KmsFailureCode, connection: typeof role | typeof accessKey, now: Date) =>
  awsDenials.areOurs(new KmsError(failure), connection, now);

async function oursOf(connection: typeof role | typeof accessKey, now: Date): Promise<KmsFailureCode[]> {
  const ours: KmsFailureCode[] = [];
  for (const failure of failures) if (await isOurs(failure, connection, now)) ours.push(failure);
  return ours.sort();
}

describe('a denial by AWS', () => {
  it('of an assumed role is the customer’s while our identity answers, and AWS is asked for it once', async () => {
    expect(await oursOf(role, at(0))).toEqual([]);
    expect(await calls()).toBe(1);
  });

  it('of an assumed role may be ours where our identity does not answer and the reason looks the same', async () => {
    await aws.faults(refusesUs);
    expect(await oursOf(role, at(20))).toEqual(looksLikeOurs);
    await aws.faults();
  });

  it('of an assumed role is believed for a minute after our identity answered last, and not after', async () => {
    expect(await isOurs('assume-role-denied', role, at(100))).toBe(false);
    await aws.faults({ service: 'sts', kind: 'reset' });
    expect(await isOurs('assume-role-denied', role, at(160))).toBe(false);
    expect(await isOurs('assume-role-denied', role, at(161))).toBe(true);
    await aws.faults();
  });

  it('by KMS is the customer’s, though our identity does not answer: there we are the customer’s own role', async () => {
    await aws.faults(refusesUs);
    expect(await isOurs('access-denied', role, at(250))).toBe(false);
    await aws.faults();
  });

  it('of an access key is the customer’s own credentials: AWS is not asked who we are', async () => {
    await aws.faults(refusesUs);
    const before = await calls();
    expect(await oursOf(accessKey, at(300))).toEqual([]);
    expect(await calls()).toBe(before);
    await aws.faults();
  });

  it('is not asked about where only the customer can have done it', async () => {
    const before = await calls();
    for (const failure of failures.filter((code) => !looksLikeOurs.some((known) => known === code)))
      expect(await isOurs(failure, role, at(400))).toBe(false);
    expect(await calls()).toBe(before);
  });
});

describe('the platform key', () => {
  it('is the vendor’s, and whatever denies it is our own fault, which AWS is not asked about', async () => {
    const before = await calls();
    for (const failure of failures) {
      const error = new KmsError(failure);
      const areOurs = await platformDenials.areOurs(error, null, at(500));
      expect(['outage', 'integrity']).toContain(classifyLoss(error, { everWorked: true, isOurs: areOurs }));
    }
    expect(await calls()).toBe(before);
  });
});
