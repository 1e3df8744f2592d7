import { DecryptCommand, DescribeKeyCommand, GenerateDataKeyCommand, type KMSClient } from '@aws-sdk/client-kms';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createFaultPlan, type FaultRule } from './faults.ts';
import type { ReadyAccount } from './ready-account.ts';
import { type Harness, startHarness, VENDOR } from './testing/harness.ts';

let harness: Harness;
let ready: ReadyAccount;
let kms: KMSClient;

beforeAll(async () => {
  harness = await startHarness();
  ready = await harness.ready();
  kms = harness.kms(await harness.assume(ready.roleArn));
});
afterEach(() => harness.admin('DELETE', '/faults'));
afterAll(() => harness.close());

const generate = (options?: { abortSignal: AbortSignal }) =>
  kms.send(new GenerateDataKeyCommand({ KeyId: ready.keyArn, KeySpec: 'AES_256' }), options);
const describeKey = () => kms.send(new DescribeKeyCommand({ KeyId: ready.aliasArn }));

describe('faults on demand', () => {
  it('latency holds the call back', async () => {
    await harness.faults({ kind: 'latency', ms: 1500 });
    let done = false;
    const call = generate().then(() => {
      done = true;
    });
    await describeStill(() => done);
    await call;
    expect(done).toBe(true);
  });

  it('a call that is held, of those whose context fits and after so many, waits until the rules are set anew', async () => {
    const generateFor = (app: string) =>
      kms.send(new GenerateDataKeyCommand({ KeyId: ready.keyArn, KeySpec: 'AES_256', EncryptionContext: { app } }));
    await harness.faults({ kind: 'hold', context: { app: 'a' }, after: 1 });
    await generateFor('a');
    let done = false;
    const call = generateFor('a').then(() => {
      done = true;
    });
    await generateFor('b');
    expect(done).toBe(false);
    await harness.faults();
    await call;
    expect(done).toBe(true);
  });

  it('a slow answer comes after the call was carried out', async () => {
    await harness.faults({ kind: 'slow-answer', ms: 30_000, action: 'GenerateDataKey' });
    await harness.admin('DELETE', '/calls');
    await expect(generate({ abortSignal: AbortSignal.timeout(500) })).rejects.toMatchObject({ name: 'AbortError' });
    expect(await harness.admin('GET', '/calls?eventName=GenerateDataKey')).toHaveLength(1);
  });

  it('silence accepts and never answers', async () => {
    await harness.faults({ kind: 'silence', action: 'GenerateDataKey' });
    await harness.admin('DELETE', '/calls');
    await expect(generate({ abortSignal: AbortSignal.timeout(1000) })).rejects.toMatchObject({ name: 'AbortError' });
    await expect(describeKey()).resolves.toBeDefined();
    expect((await harness.calls()).map((call) => call.eventName)).toEqual(['DescribeKey']);
  });

  it('reset tears the connection down', async () => {
    await harness.faults({ kind: 'reset', count: 1 });
    await expect(generate()).rejects.toMatchObject({ code: 'ECONNRESET' });
    await expect(generate()).resolves.toBeDefined();
  });

  it.each<[FaultRule, object]>([
    [{ kind: 'throttle' }, { name: 'ThrottlingException', $metadata: { httpStatusCode: 400 } }],
    [{ kind: 'stale-not-found' }, { name: 'NotFoundException' }],
    [
      { kind: 'error', name: 'KMSInternalException', status: 500 },
      { name: 'KMSInternalException', $metadata: { httpStatusCode: 500 } },
    ],
    [{ kind: 'error', name: 'DependencyTimeoutException', status: 500 }, { name: 'DependencyTimeoutException' }],
    [{ kind: 'error', name: 'KeyUnavailableException', status: 500 }, { name: 'KeyUnavailableException' }],
    [{ kind: 'error', name: 'LimitExceededException' }, { name: 'LimitExceededException' }],
  ])('%j', async (rule, error) => {
    await harness.faults(rule);
    await expect(generate()).rejects.toMatchObject(error);
  });

  it('wrong-key-id answers in the name of another key', async () => {
    await harness.faults({ kind: 'wrong-key-id' });
    const { KeyId } = await generate();
    expect(KeyId).toMatch(/^arn:aws:kms:us-east-1:111122223333:key\//);
    expect(KeyId).not.toBe(ready.keyArn);
  });

  it('wrong-plaintext answers with other bytes than the ciphertext holds', async () => {
    await harness.faults({ kind: 'wrong-plaintext' });
    const made = await generate();
    expect(made.Plaintext).toHaveLength(32);
    await harness.admin('DELETE', '/faults');
    const decrypt = new DecryptCommand({ CiphertextBlob: made.CiphertextBlob });
    const opened = await kms.send(decrypt);
    expect(opened.Plaintext).not.toEqual(made.Plaintext);
  });

  it('hits only the calls that a rule selects, as often as it says', async () => {
    const elsewhere = await harness.ready({ accountId: '444455556666' });
    await harness.faults({ kind: 'throttle', service: 'kms', keyId: ready.keyId, count: 2 });
    await expect(harness.sts(VENDOR).send(new GetCallerIdentityCommand({}))).resolves.toBeDefined();
    const other = harness.kms(await harness.assume(elsewhere.roleArn));
    await expect(other.send(new DescribeKeyCommand({ KeyId: elsewhere.keyArn }))).resolves.toBeDefined();
    await expect(describeKey()).rejects.toMatchObject({ name: 'ThrottlingException' });
    await expect(generate()).rejects.toMatchObject({ name: 'ThrottlingException' });
    await expect(generate()).resolves.toBeDefined();
    await harness.faults({ kind: 'throttle', accountId: '444455556666' });
    await expect(generate()).resolves.toBeDefined();
    await expect(harness.assume(elsewhere.roleArn)).rejects.toMatchObject({ name: 'Throttling' });
  });

  it('the SDK gets over a throttled call by itself', async () => {
    await harness.faults({ kind: 'throttle', count: 1 });
    const patient = harness.kms(await harness.assume(ready.roleArn).catch(() => harness.assume(ready.roleArn)), {
      maxAttempts: 3,
    });
    await harness.faults({ kind: 'throttle', count: 1 });
    const answer = await patient.send(new DescribeKeyCommand({ KeyId: ready.keyArn }));
    expect(answer.$metadata.attempts).toBe(2);
  });

  it.each([
    [[{ kind: 'explosion' }], /kind/],
    [[{ kind: 'latency' }], /needs ms/],
    [[{ kind: 'error' }], /needs name/],
    [[{ kind: 'throttle', rate: 2 }], /rate/],
    [[{ kind: 'throttle', acton: 'Decrypt' }], /acton is not known/],
    [{ kind: 'throttle' }, /list/],
  ])('refuses %j, and keeps what was set', async (rules, message) => {
    await harness.faults({ kind: 'latency', ms: 1 });
    await expect(harness.admin('PUT', '/faults', rules)).rejects.toThrow(message);
    expect(await harness.admin('GET', '/faults')).toEqual([{ kind: 'latency', ms: 1 }]);
  });
});

describe('a throttling rate', () => {
  it('is the share of calls that are throttled', () => {
    let next = 0;
    const plan = createFaultPlan(() => (next++ % 10) / 10);
    plan.set([{ kind: 'throttle', rate: 0.3 }]);
    const target = { service: 'kms', action: 'Decrypt', keyIds: [], accountId: undefined, context: {} } as const;
    const hits = Array.from({ length: 100 }, () => plan.take(target).length).reduce((sum, n) => sum + n, 0);
    expect(hits).toBe(30);
  });
});

/** Gives the event loop turns enough for an answer that nobody holds back. */
async function describeStill(isDone: () => boolean): Promise<void> {
  await harness.admin('GET', '/health');
  expect(isDone()).toBe(false);
}
