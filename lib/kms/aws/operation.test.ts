import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Customer, ids, startAws, tenantId } from '../testing/customer.ts';
import { providerOf } from '../testing/provider-of.ts';

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

describe('a call', () => {
  it('carries tenant, app and purpose into the customer’s log, and its request IDs are found there', async () => {
    const provider = providerOf(aws);
    await aws.send('DELETE', 'calls');
    const { requestIds, wrapped } = await provider.generateDataKey(ids);
    const unwrapped = await provider.unwrap(wrapped, ids);
    expect(requestIds).toHaveLength(2);
    expect(unwrapped.requestIds).toHaveLength(1);
    const calls = await aws.calls();
    for (const id of [...requestIds, ...unwrapped.requestIds])
      expect(calls.map((call) => call.requestID)).toContain(id);
    expect(calls.find((call) => call.eventName === 'Decrypt')?.requestParameters).toMatchObject({
      encryptionContext: { 'keyward:tenant': tenantId, 'keyward:app': ids.appId, 'keyward:purpose': 'data-key' },
    });
    provider.close();
  });

  it.each([
    ['DisableKey', {}, 'EnableKey', 'key-disabled'],
    ['ScheduleKeyDeletion', { PendingWindowInDays: 7 }, 'CancelKeyDeletion', 'pending-deletion'],
  ])('after %s fails as revoked', async (action, input, undo, failure) => {
    const provider = providerOf(aws);
    const { wrapped } = await provider.generateDataKey(ids);
    await aws.kms(action, { KeyId: aws.keyArn, ...input });
    await expect(provider.unwrap(wrapped, ids)).rejects.toMatchObject({ failure, class: 'revoked' });
    await expect(provider.probe()).rejects.toMatchObject({ failure, class: 'revoked' });
    await aws.kms(undo, { KeyId: aws.keyArn });
    provider.close();
  });

  it('that gets KMSInvalidState from an enabled key is no revocation: DescribeKey is asked', async () => {
    const provider = providerOf(aws);
    const fault = { service: 'kms', kind: 'error', name: 'KMSInvalidStateException' };
    await aws.faults({ ...fault, action: 'GenerateDataKey' });
    await expect(provider.generateDataKey(ids)).rejects.toMatchObject({
      failure: 'key-state-unclear',
      class: 'transient',
    });
    await aws.faults({ ...fault, action: 'GenerateDataKey' }, { action: 'DescribeKey', kind: 'reset' });
    await expect(provider.generateDataKey(ids)).rejects.toMatchObject({
      failure: 'key-state-unclear',
      class: 'transient',
    });
    provider.close();
  });

  it('that gets a NotFound looks again once', async () => {
    const provider = providerOf(aws);
    await aws.faults({ action: 'GenerateDataKey', kind: 'stale-not-found', count: 1 });
    expect((await provider.generateDataKey(ids)).requestIds).toHaveLength(3);
    await aws.faults({ action: 'GenerateDataKey', kind: 'stale-not-found' });
    await expect(provider.generateDataKey(ids)).rejects.toMatchObject({ failure: 'key-not-found' });
    provider.close();
  });

  it('that is throttled is sent again; one at a resource limit is not', async () => {
    const provider = providerOf(aws);
    await provider.generateDataKey(ids);
    await aws.faults({ action: 'GenerateDataKey', kind: 'throttle', rate: 1, count: 2 });
    expect((await provider.generateDataKey(ids)).requestIds).toHaveLength(3);
    await aws.faults({ action: 'GenerateDataKey', kind: 'error', name: 'LimitExceededException' });
    await expect(provider.generateDataKey(ids)).rejects.toMatchObject({ class: 'limit', attempts: 1 });
    provider.close();
  });

  it('that AWS leaves unanswered ends in the time given for all of it', async () => {
    const provider = providerOf(aws, { limits: { totalTimeoutMs: 700, requestTimeoutMs: 300 } });
    await aws.faults({ kind: 'silence' });
    await expect(provider.generateDataKey(ids)).rejects.toMatchObject({ failure: 'timed-out', class: 'transient' });
    provider.close();
  });

  it('that another key answers is an integrity failure', async () => {
    const provider = providerOf(aws);
    const { wrapped, plaintext } = await provider.generateDataKey(ids);
    await aws.faults({ service: 'kms', kind: 'wrong-key-id' });
    await expect(provider.generateDataKey(ids)).rejects.toMatchObject({ failure: 'wrong-key', class: 'integrity' });
    await expect(provider.wrap(plaintext, ids)).rejects.toMatchObject({ failure: 'wrong-key' });
    await expect(provider.unwrap(wrapped, ids)).rejects.toMatchObject({ failure: 'wrong-key' });
    provider.close();
  });

  it('under way when the provider is closed still ends well', async () => {
    const provider = providerOf(aws);
    await aws.faults({ kind: 'latency', ms: 100 });
    const call = provider.generateDataKey(ids);
    provider.close();
    await expect(call).resolves.toMatchObject({ keyId: aws.keyArn });
  });
});
