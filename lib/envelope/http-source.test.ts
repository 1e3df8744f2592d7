import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { parseEnvelope } from './format.ts';
import { APP, CONTEXT, PLAINTEXT, startLending } from './http-source.fixture.ts';
import { type LeasedKeysOptions, leasedKeys } from './http-source.ts';

let lent: Awaited<ReturnType<typeof startLending>>;
let { lender, current, scope, time, holdAnswers } = {} as typeof lent;

beforeEach(async () => {
  lent = await startLending();
  ({ lender, current, scope, time, holdAnswers } = lent);
  return lender.close;
});

function setUp(options: Partial<LeasedKeysOptions> = {}) {
  const borrower = lent.borrower(options);
  onTestFinished(() => borrower.envelopes.close());
  return borrower;
}

describe('within a lease', () => {
  test('a thousand messages cost one question', async () => {
    const { seal, open } = setUp();
    const envelopes = await Promise.all(Array.from({ length: 1000 }, seal));
    expect(lender.asked).toEqual([{ appId: APP, messages: 65_536 }]);
    for (const envelope of envelopes) expect((await open(envelope)).equals(PLAINTEXT)).toBe(true);
    expect(lender.asked).toHaveLength(1);
    expect(parseEnvelope(envelopes[0] ?? PLAINTEXT).dataKeyId).toBe(current);
  });

  test('new data goes on under the same data key; after it, under the one that is current', async () => {
    const { seal } = setUp();
    await seal();
    const next = lender.rotate(APP);
    time.now = 299_999;
    expect(parseEnvelope(await seal()).dataKeyId).toBe(current);
    time.now = 300_000;
    expect(parseEnvelope(await seal()).dataKeyId).toBe(next);
  });

  test('data under an older data key is read with a lease that allows no sealing', async () => {
    const { seal } = setUp();
    const envelope = await seal();
    lender.rotate(APP);
    lender.asked.length = 0;
    const reader = setUp();
    expect((await reader.open(envelope)).equals(PLAINTEXT)).toBe(true);
    expect((await reader.open(envelope)).equals(PLAINTEXT)).toBe(true);
    expect(lender.asked).toEqual([{ appId: APP, dataKeyId: current, messages: 0 }]);
  });

  test('no more is sealed than was counted, however many seal at once', async () => {
    const { source } = setUp();
    await Promise.all([1, 2, 3, 4, 5].map(() => source.current(scope, 30_000)));
    const counted = lender.asked.reduce((sum, { messages }) => sum + messages, 0);
    expect(counted).toBe(3 * 65_536);
  });

  test('what one call takes, the next one no longer has', async () => {
    const { source } = setUp();
    for (let i = 0; i < 5; i++) await source.current(scope, 30_000);
    expect(lender.asked).toHaveLength(3);
  });

  test('more messages than a usual lease allows are asked for, and more than any allows are refused', async () => {
    const { source } = setUp();
    await source.current(scope, 100_000);
    expect(lender.asked).toEqual([{ appId: APP, messages: 100_000 }]);
    await expect(source.current(scope, 2 ** 20 + 1)).rejects.toThrow(RangeError);
  });

  test('a stream asks for its data key again when its lease is over, and goes on', async () => {
    const { envelopes } = setUp();
    const stream = envelopes.sealStream(scope, CONTEXT);
    const output: Buffer[] = [];
    stream.on('data', (bytes) => output.push(bytes));
    const piece = randomBytes(100_000);
    for (let i = 0; i < 10; i++) {
      await new Promise((taken) => stream.write(piece, taken));
      time.now += 100_000;
    }
    stream.end();
    await new Promise((ended) => stream.once('end', ended));
    expect(lender.asked.map(({ dataKeyId }) => dataKeyId)).toEqual([undefined, current, current, current]);
    const opening = envelopes.openStream(scope, CONTEXT);
    opening.end(Buffer.concat(output));
    expect(Buffer.concat(await opening.toArray()).equals(Buffer.concat(Array(10).fill(piece)))).toBe(true);
  });

  test('what is to be replaced soon is told', async () => {
    const { source, seal } = setUp();
    await seal();
    expect(source.isStale(current)).toBe(false);
    lender.state.stale = true;
    time.now = 300_000;
    await seal();
    expect(source.isStale(current.toUpperCase())).toBe(true);
  });
});

describe('the time of a lease', () => {
  test('runs from before it was asked for', async () => {
    const { seal } = setUp();
    const answer = holdAnswers();
    const sealing = seal();
    await sleep(20);
    time.now = 5_000;
    answer();
    await sealing;
    time.now = 299_999;
    await seal();
    expect(lender.asked).toHaveLength(1);
    time.now = 300_000;
    await seal();
    expect(lender.asked).toHaveLength(2);
  });

  test('of nothing serves whoever waits, one message counted for each, and leaves nothing behind', async () => {
    const { source, seal, open } = setUp();
    lender.state.leaseSeconds = 0;
    await seal();
    lender.asked.length = 0;
    const envelope = await seal();
    await open(envelope);
    expect(lender.asked).toEqual([
      { appId: APP, messages: 1 },
      { appId: APP, dataKeyId: current, messages: 0 },
    ]);
    const key = await source.current(scope, 1);
    await new Promise((turn) => setImmediate(() => setImmediate(turn)));
    expect(() => key.seal(PLAINTEXT, {})).toThrow(expect.objectContaining({ code: 'destroyed' }));
  });

  test('over, the copy answers `destroyed` although nobody has wiped it yet', async () => {
    const { source } = setUp();
    await source.current(scope, 1);
    const key = await source.current(scope, 1);
    time.now = 300_000;
    expect(() => key.seal(PLAINTEXT, {})).toThrow(expect.objectContaining({ code: 'destroyed' }));
  });
});

describe('dropping and closing', () => {
  test('a drop wipes what is held and what is on its way, and asks anew', async () => {
    const { source, seal } = setUp();
    await seal();
    source.drop();
    const answer = holdAnswers();
    const sealing = seal();
    await expect.poll(() => lender.asked.length).toBe(2);
    source.drop();
    answer();
    await sealing;
    expect(lender.asked).toHaveLength(3);
  });

  test('after close nothing is given out and nobody is asked', async () => {
    const { envelopes, seal } = setUp();
    const envelope = await seal();
    envelopes.close();
    await expect(seal()).rejects.toMatchObject({ code: 'destroyed' });
    await expect(envelopes.open(scope, envelope, CONTEXT)).rejects.toMatchObject({ code: 'destroyed' });
    expect(lender.asked).toHaveLength(1);
  });
});

describe('the token', () => {
  test('is in no error', async () => {
    for (const broken of [setUp({ url: 'http://127.0.0.1:1' }), setUp({ token: `${lender.token}x` })]) {
      const error = await broken.seal().catch((it: unknown) => it);
      expect(error).toBeInstanceOf(Error);
      expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(lender.token);
    }
  });

  test('is sent over https, or within this machine', () => {
    const token = 'kw_x';
    for (const url of ['http://keyward.example', 'ftp://127.0.0.1', 'http://127.0.0.1.example'])
      expect(() => leasedKeys({ url, token })).toThrow(TypeError);
    for (const url of ['https://keyward.example/base', 'http://localhost:3002', 'http://[::1]:3002'])
      expect(() => leasedKeys({ url, token }).close()).not.toThrow();
  });
});
