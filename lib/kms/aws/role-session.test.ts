import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { trustPolicy } from '#lib/byok/aws/policies.ts';
import type { KmsError } from '../errors.ts';
import { type Customer, externalId, ids, region, serviceRoleArn, startAws, tenantId } from '../testing/customer.ts';
import { providerOf } from '../testing/provider-of.ts';
import { type AwsAccess, cacheKey } from './provider.ts';

let aws: Customer;
beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.close());
afterEach(async () => {
  await aws.faults();
  await aws.applyPolicies();
  await aws.kms('EnableKey', { KeyId: aws.keyArn });
});

async function assumed(): Promise<number> {
  return (await aws.calls()).filter((call) => call.eventName === 'AssumeRole').length;
}

describe('the session', () => {
  it('is assumed once for many calls at once, and once more when two minutes of it are left', async () => {
    let now = Date.now();
    const provider = providerOf(aws, { clock: () => new Date(now) });
    await aws.send('DELETE', 'calls');
    await Promise.all(Array.from({ length: 20 }, () => provider.generateDataKey(ids)));
    expect(await assumed()).toBe(1);
    now += 12 * 60_000;
    await provider.generateDataKey(ids);
    expect(await assumed()).toBe(1);
    now += 2 * 60_000;
    await provider.generateDataKey(ids);
    expect(await assumed()).toBe(2);
    provider.close();
  });

  it('that AWS calls expired is assumed again once, and the call succeeds', async () => {
    const provider = providerOf(aws);
    await provider.generateDataKey(ids);
    await aws.send('DELETE', 'calls');
    await aws.faults({ service: 'kms', kind: 'error', name: 'ExpiredTokenException', count: 1 });
    await provider.generateDataKey(ids);
    expect(await assumed()).toBe(1);
    await aws.faults({ service: 'kms', kind: 'error', name: 'ExpiredTokenException' });
    await expect(provider.generateDataKey(ids)).rejects.toMatchObject({ class: 'expired-token' });
    provider.close();
  });

  it('is dropped after a denial, so that a changed trust policy counts from then on', async () => {
    const provider = providerOf(aws);
    await provider.generateDataKey(ids);
    await aws.faults({ service: 'kms', kind: 'error', name: 'AccessDeniedException', count: 1 });
    await expect(provider.generateDataKey(ids)).rejects.toMatchObject({ failure: 'access-denied' });
    await aws.put.trust(trustPolicy({ serviceRoleArn, externalId: 'kw-somebody-elses-id' }));
    await expect(provider.generateDataKey(ids)).rejects.toMatchObject({ failure: 'assume-role-denied' });
    provider.close();
  });

  it('is not used by a probe, which sees a changed trust policy at once', async () => {
    const provider = providerOf(aws);
    await provider.generateDataKey(ids);
    await aws.put.trust(trustPolicy({ serviceRoleArn, externalId: 'kw-somebody-elses-id' }));
    await expect(provider.generateDataKey(ids)).resolves.toBeDefined();
    await expect(provider.probe()).rejects.toMatchObject({ failure: 'assume-role-denied' });
    await expect(provider.generateDataKey(ids)).rejects.toMatchObject({ failure: 'assume-role-denied' });
    provider.close();
  });

  it('leaves the request IDs of the whole call in its failure, each once', async () => {
    const provider = providerOf(aws);
    await provider.generateDataKey(ids);
    await aws.faults({ service: 'kms', kind: 'error', name: 'ExpiredTokenException', count: 1 });
    await aws.put.trust(trustPolicy({ serviceRoleArn, externalId: 'kw-somebody-elses-id' }));
    const failure = await provider.generateDataKey(ids).catch((thrown: unknown) => thrown as KmsError);
    expect(failure).toMatchObject({ failure: 'assume-role-denied' });
    const { requestIds } = failure as KmsError;
    expect(requestIds).toHaveLength(2);
    expect(new Set(requestIds).size).toBe(2);
    provider.close();
  });

  it('of one configuration is never that of another', async () => {
    const right = providerOf(aws);
    const wrong = providerOf(aws, {
      access: { mode: 'assume-role', roleArn: aws.roleArn, externalId: 'kw-somebody-elses-id' },
    });
    await right.generateDataKey(ids);
    await expect(wrong.generateDataKey(ids)).rejects.toMatchObject({ failure: 'assume-role-denied' });
    const access = { mode: 'assume-role', roleArn: aws.roleArn, externalId } as const;
    const given = { tenantId, access, region, keyArn: aws.keyArn, revision: 'version-1' };
    const others: AwsAccess[] = [
      { ...access, roleArn: 'other' },
      { ...access, externalId: 'other' },
      { mode: 'access-key', accessKeyId: 'AKIA', secretAccessKey: 'other' },
    ];
    const keys = new Set([
      cacheKey(given),
      ...others.map((other) => cacheKey({ ...given, access: other })),
      ...['tenantId', 'region', 'keyArn', 'revision'].map((name) => cacheKey({ ...given, [name]: 'other' })),
    ]);
    expect(keys.size).toBe(1 + others.length + 4);
    right.close();
    wrong.close();
  });
});
