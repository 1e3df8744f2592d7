import { randomBytes, randomUUID } from 'node:crypto';
import { KMSClient } from '@aws-sdk/client-kms';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { externalId, ids, region, startAws } from '../kms/testing/customer.ts';
import { createKey } from '../kms/testing/provider-of.ts';
import { createEnvelopes } from './envelopes.ts';
import { parseEnvelope } from './format.ts';
import { memoryStore } from './kms-source.fixture.ts';
import { type KeyWrapper, MAX_MESSAGES, type WrappedKeysOptions, wrappedKeys } from './kms-source.ts';
import { awsKeyWrapper } from './kms-source-aws.ts';

const PLAINTEXT = Buffer.from('hello');
const CONTEXT = { table: 'patients', record: '17' };
let aws: Awaited<ReturnType<typeof startAws>>;
let kms: KMSClient;
let wrapper: KeyWrapper;

beforeAll(async () => {
  aws = await startAws();
  kms = new KMSClient({
    region,
    maxAttempts: 1,
    credentials: fromTemporaryCredentials({ params: { RoleArn: aws.roleArn, ExternalId: externalId } }),
  });
  wrapper = awsKeyWrapper({ kms, keyArn: aws.keyArn });
});
afterAll(async () => {
  kms?.destroy();
  await aws?.close();
});

function setUp(options: Partial<WrappedKeysOptions> = {}, memory = memoryStore()) {
  const used = options.wrapper ?? wrapper;
  const calls = { generate: 0, unwrap: 0 };
  const counted: KeyWrapper = {
    generate(scope) {
      calls.generate++;
      return used.generate(scope);
    },
    unwrap(wrapped, scope) {
      calls.unwrap++;
      return used.unwrap(wrapped, scope);
    },
  };
  const source = wrappedKeys({ store: memory.store, cacheSeconds: 300, ...options, wrapper: counted });
  const envelopes = createEnvelopes({ source });
  onTestFinished(() => envelopes.close());
  const seal = (scope = ids) => envelopes.seal(scope, PLAINTEXT, CONTEXT);
  const open = (envelope: Buffer, scope = ids) => envelopes.open(scope, envelope, CONTEXT);
  return { source, envelopes, seal, open, calls, memory, keys: memory.keys };
}

describe('data keys under a key in AWS KMS', () => {
  test('are made once, read back before they are stored, and found again by another process', async () => {
    const one = setUp();
    const envelopes = await Promise.all(Array.from({ length: 100 }, () => one.seal()));
    expect(one.calls).toEqual({ generate: 1, unwrap: 2 });
    expect(one.keys.size).toBe(1);
    const other = setUp({}, one.memory);
    for (const envelope of envelopes) expect((await other.open(envelope)).equals(PLAINTEXT)).toBe(true);
    expect(other.calls).toEqual({ generate: 0, unwrap: 1 });
  });

  test('belong to one app: another one has its own, and finds none of these', async () => {
    const { seal, open, keys } = setUp();
    const elsewhere = { ...ids, appId: randomUUID() };
    const envelope = await seal();
    await seal(elsewhere);
    expect(keys.size).toBe(2);
    await expect(open(envelope, elsewhere)).rejects.toMatchObject({ code: 'cannot-open' });
  });

  test('serve for the time that they are kept, and not at all with none', async () => {
    let now = 0;
    const { seal, calls } = setUp({ cacheSeconds: 60, clock: () => now });
    await seal();
    const before = calls.unwrap;
    now = 59_999;
    await seal();
    expect(calls.unwrap).toBe(before);
    now = 60_000;
    await seal();
    expect(calls.unwrap).toBe(before + 1);
    const never = setUp({ cacheSeconds: 0 });
    await never.seal();
    await never.seal();
    expect(never.calls.unwrap).toBe(3);
  });

  test('of two processes that begin at once are one', async () => {
    const memory = memoryStore();
    const [one, other] = [setUp({}, memory), setUp({}, memory)];
    const [envelope, another] = await Promise.all([one.seal(), other.seal()]);
    expect(parseEnvelope(envelope).dataKeyId).toBe(parseEnvelope(another).dataKeyId);
    expect(memory.keys.size).toBe(1);
  });

  test('carry streams, too', async () => {
    const { envelopes } = setUp();
    const plaintext = randomBytes(200_000);
    const sealing = envelopes.sealStream(ids, CONTEXT);
    sealing.end(plaintext);
    const opening = envelopes.openStream(ids, CONTEXT);
    opening.end(Buffer.concat(await sealing.toArray()));
    expect(Buffer.concat(await opening.toArray()).equals(plaintext)).toBe(true);
  });

  test('that are disabled, or dropped, serve nobody; what KMS said passes on unchanged', async () => {
    const { source, seal, open } = setUp();
    const envelope = await seal();
    await aws.kms('DisableKey', { KeyId: aws.keyArn });
    onTestFinished(async () => void (await aws.kms('EnableKey', { KeyId: aws.keyArn })));
    await seal();
    source.drop();
    await expect(seal()).rejects.toMatchObject({ name: 'DisabledException' });
    await expect(open(envelope)).rejects.toMatchObject({ name: 'DisabledException' });
  });
});

describe('messages', () => {
  test('are counted before they are sealed, in blocks', async () => {
    const { source, keys } = setUp();
    await source.current(ids, 1);
    await source.current(ids, 65_535);
    const [key] = [...keys.values()];
    expect(key?.messages).toBe(65_536);
    await source.current(ids, 1);
    expect(key?.messages).toBe(131_072);
  });

  test('past the limit go under a fresh data key', async () => {
    const memory = memoryStore();
    const before = await setUp({}, memory).seal();
    const [key] = [...memory.keys.values()];
    if (key) key.messages = MAX_MESSAGES;
    const after = setUp({}, memory);
    const envelope = await after.seal();
    expect(parseEnvelope(envelope).dataKeyId).not.toBe(parseEnvelope(before).dataKeyId);
    expect((await after.open(before)).equals(PLAINTEXT)).toBe(true);
    expect(await after.seal()).toHaveLength(62);
    expect(memory.keys.size).toBe(2);
  });
});

describe('what does not come back as it was', () => {
  test('is never stored', async () => {
    const broken: KeyWrapper = { ...wrapper, unwrap: async () => randomBytes(32) };
    const { seal, keys } = setUp({ wrapper: broken });
    await expect(seal()).rejects.toMatchObject({ code: 'wrong-data-key' });
    expect(keys.size).toBe(0);
  });

  test('opens nothing: another tenant’s wrapped key, and one under another KMS key', async () => {
    const memory = memoryStore();
    const { seal, open } = setUp({}, memory);
    const envelope = await seal();
    const elsewhere = awsKeyWrapper({ kms, keyArn: await createKey(aws) });
    await expect(setUp({ wrapper: elsewhere }, memory).open(envelope)).rejects.toThrow();
    const [[id, key] = ['', undefined]] = [...memory.keys];
    const stolen = { ...ids, tenantId: randomUUID() };
    if (key) memory.keys.set(id, { ...key, app: `${stolen.tenantId} ${stolen.appId}` });
    await expect(open(envelope, stolen)).rejects.toThrow();
  });
});

test('a wrapper takes the ARN of a key, and nothing else; keys are kept for an hour at most', () => {
  for (const keyArn of ['alias/mine', aws.aliasArn, randomUUID()])
    expect(() => awsKeyWrapper({ kms, keyArn })).toThrow(TypeError);
  for (const cacheSeconds of [-1, 3601, Number.NaN]) expect(() => setUp({ cacheSeconds })).toThrow(RangeError);
});
