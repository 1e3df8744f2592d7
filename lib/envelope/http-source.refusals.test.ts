import { randomBytes, randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { APP, CONTEXT, PLAINTEXT, startLending } from './http-source.fixture.ts';
import type { LeasedKeysOptions } from './http-source.ts';

// What becomes of borrowed data keys when Keyward refuses, is out of reach, or answers what it should not.
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

describe('a refusal', () => {
  test.each([
    [403, 'key-revoked'],
    [503, 'key-outage'],
    [403, 'forbidden'],
    [429, 'too-many-requests'],
    [503, 'unavailable'],
  ])('passes on as it came: %i %s', async (status, code) => {
    const { seal } = setUp();
    lender.state.refuse = { status, code };
    await expect(seal()).rejects.toMatchObject({ name: 'Refusal', code, details: { requestId: 'request-1' } });
  });

  test('because the key was revoked wipes the copies of this app at once, and an outage does not', async () => {
    const { source, seal, open } = setUp();
    const envelope = await seal();
    lender.state.refuse = { status: 503, code: 'key-outage' };
    await expect(source.current(scope, 100_000)).rejects.toMatchObject({ code: 'key-outage' });
    expect((await open(envelope)).equals(PLAINTEXT)).toBe(true);
    lender.state.refuse = { status: 403, code: 'key-revoked' };
    await expect(source.current(scope, 100_000)).rejects.toMatchObject({ code: 'key-revoked' });
    await expect(open(envelope)).rejects.toMatchObject({ code: 'key-revoked' });
  });

  test('of an older data key leaves the current one in use', async () => {
    const { seal, open } = setUp();
    const old = await seal();
    time.now = 300_000;
    lender.rotate(APP);
    await seal();
    lender.state.refuse = { status: 403, code: 'key-revoked' };
    await expect(open(old)).rejects.toMatchObject({ code: 'key-revoked' });
    await seal();
  });

  test('of the token wipes every copy', async () => {
    const { source, seal } = setUp();
    await seal();
    lender.state.refuse = { status: 401, code: 'unauthenticated' };
    await expect(source.byId(scope, randomUUID())).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(seal()).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  test('an app that is not this tenant’s is not found, and neither is its data', async () => {
    const { source, envelopes, seal } = setUp();
    const envelope = await seal();
    const elsewhere = { ...scope, appId: randomUUID() };
    await expect(envelopes.seal(elsewhere, PLAINTEXT, CONTEXT)).rejects.toMatchObject({ code: 'not-found' });
    expect(await source.byId(elsewhere, current)).toBeUndefined();
    const opening = envelopes.open(elsewhere, envelope, CONTEXT);
    await expect(opening).rejects.toMatchObject({ name: 'EnvelopeError', code: 'cannot-open' });
  });
});

describe('Keyward out of reach', () => {
  test('is `unavailable`, whether nobody listens, nobody answers, or somebody else does', async () => {
    const nobody = setUp({ url: 'http://127.0.0.1:1' });
    await expect(nobody.seal()).rejects.toMatchObject({ code: 'unavailable' });
    const slow = setUp({ answerWithinMs: 50 });
    const answer = holdAnswers();
    await expect(slow.seal()).rejects.toMatchObject({ code: 'unavailable' });
    answer();
    for (const raw of ['<html>Bad gateway</html>', '{}', '[]', 'null']) {
      lender.state.raw = raw;
      await expect(setUp().seal()).rejects.toMatchObject({ code: 'unavailable' });
    }
  });

  test('leaves what is leased in use until its time is over', async () => {
    const { seal } = setUp();
    await seal();
    await lender.close();
    time.now = 299_999;
    await seal();
    time.now = 300_000;
    await expect(seal()).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('an answer', () => {
  test.each([
    ['a key that its check value was not made of', { key: randomBytes(32).toString('base64') }, 'wrong-data-key'],
    ['a key of another length', { key: randomBytes(16).toString('base64') }, 'wrong-data-key'],
    ['another app', { appId: randomUUID() }, 'wrong-data-key'],
    ['another tenant', { tenantId: randomUUID() }, 'wrong-data-key'],
    ['fewer messages than asked for', { messages: 3 }, 'unavailable'],
    ['more time than any tenant allows', { leaseSeconds: 3601 }, 'unavailable'],
    ['less than no time', { leaseSeconds: -1 }, 'unavailable'],
  ])('with %s is refused', async (_, twist, code) => {
    const { seal } = setUp();
    lender.state.twist = twist;
    await expect(seal()).rejects.toMatchObject({ code });
  });

  test('with another data key than the one asked for opens nothing', async () => {
    const { seal } = setUp();
    const envelope = await seal();
    lender.rotate(APP);
    lender.state.twist = { dataKeyId: randomUUID() };
    await expect(setUp().open(envelope)).rejects.toMatchObject({ code: 'cannot-open' });
  });
});
