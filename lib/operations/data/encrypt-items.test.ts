import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activate, draft, schedule } from '../testing/walk.ts';
import { makeWorld, must, type World } from '../testing/world.ts';
import { decryptItems, type OpenedItem } from './decrypt-items.ts';
import { encryptItems, type SealedItem } from './encrypt-items.ts';

const hello = 'aGVsbG8=';
const mebibyte = 1024 * 1024;
let world: World;
let appId: string;
let otherAppId: string;

beforeAll(async () => {
  world = await makeWorld({ apps: 2, recordsPerApp: 0 });
  appId = world.acme.apps[0]?.id ?? '';
  otherAppId = world.acme.apps[1]?.id ?? '';
});
afterAll(() => world?.close());

describe('a batch', () => {
  it('takes 100 items and answers each at its place', async () => {
    const texts = Array.from({ length: 100 }, (_, n) => Buffer.from(`text ${n}`).toString('base64'));
    const sealed = await encrypt(texts.map((plaintext, n) => ({ plaintext, context: { n: `${n}` } })));
    const opened = await decrypt(sealed.map((item, n) => ({ envelope: envelopeOf(item), context: { n: `${n}` } })));
    expect(opened).toEqual(texts.map((plaintext) => ({ plaintext })));
  });

  it.each([0, 101])('of %i items is refused as a whole', async (count) => {
    const items = Array.from({ length: count }, () => ({ plaintext: hello, envelope: hello, context: {} }));
    for (const operation of [encryptItems, decryptItems]) {
      const answer = await operation(world.callers.token, { appId, items });
      expect(answer).toMatchObject({
        ok: false,
        error: { code: 'invalid-input', fields: { items: expect.stringMatching(/item/) } },
      });
    }
  });

  it('for an app of another tenant, or of nobody, is not found', async () => {
    const foreign = world.globex.apps[0]?.id ?? '';
    for (const id of [foreign, '00000000-0000-4000-8000-000000000000']) {
      const items = [{ plaintext: hello, envelope: hello, context: {} }];
      const answers = [
        await encryptItems(world.callers.token, { appId: id, items }),
        await decryptItems(world.callers.token, { appId: id, items }),
      ];
      for (const answer of answers) expect(answer).toMatchObject({ ok: false, error: { code: 'not-found' } });
    }
  });
});

describe('an item', () => {
  it('holds up to 1 MiB, there and back; one byte more refuses this item alone', async () => {
    const [largest, tooLarge] = [randomBytes(mebibyte), randomBytes(mebibyte + 1)].map((bytes) =>
      bytes.toString('base64'),
    );
    const sealed = await encrypt([
      { plaintext: largest },
      { plaintext: tooLarge },
      { plaintext: hello },
      { plaintext: '' },
    ]);
    expect(sealed[1]).toEqual({ error: { code: 'too-large' } });
    const kept = [0, 2, 3].map((index) => ({ envelope: envelopeOf(sealed[index]) }));
    const opened = await decrypt(kept);
    expect(opened).toEqual([{ plaintext: largest }, { plaintext: hello }, { plaintext: '' }]);
    const longer = Buffer.concat([Buffer.from(envelopeOf(sealed[0]), 'base64'), Buffer.of(0)]).toString('base64');
    expect(await decrypt([{ envelope: longer }])).toEqual([{ error: { code: 'too-large' } }]);
  });

  it.each([
    ['without its padding', 'aGVsbG8'],
    ['with padding too many', 'aGVsbG8=='],
    ['for URLs', '_-8='],
    ['with a line break', 'aGVs\nbG8='],
    ['with a blank at its end', 'aGVsbG8= '],
    ['with bits that no byte has', 'aGVsbG9='],
    ['that is no text', 7],
    ['that is missing', undefined],
  ])('in base64 %s is refused', async (_, text) => {
    expect(await encrypt([{ plaintext: text }, { plaintext: hello }])).toMatchObject([
      invalid,
      { envelope: expect.any(String) },
    ]);
    expect(await decrypt([{ envelope: text }])).toEqual([invalid]);
  });

  it.each([
    ['is null', null, true],
    ['is a list', ['a'], false],
    ['has a value that is no text', { a: 1 }, false],
    ['has a lone surrogate', { a: '\ud800' }, false],
    ['has 33 pairs', Object.fromEntries(Array.from({ length: 33 }, (_, n) => [`k${n}`, ''])), false],
    ['has more than 8 KiB', { a: 'x'.repeat(8_193) }, false],
  ])('whose context %s is judged on its own', async (_, context, good) => {
    const answers = await encrypt([{ plaintext: hello, context }, { plaintext: hello }]);
    expect(answers).toMatchObject([
      good ? { envelope: expect.any(String) } : invalid,
      { envelope: expect.any(String) },
    ]);
  });

  it.each([[null], ['text'], [7], [[]]])('that is %j is refused on its own', async (item) => {
    expect(await encrypt([item, { plaintext: hello }])).toMatchObject([invalid, { envelope: expect.any(String) }]);
  });
});

describe('an envelope that does not open', () => {
  it('says nothing of why: of another tenant, another app or another context, damaged, or no envelope', async () => {
    const [own] = await encrypt([{ plaintext: hello, context: { a: '1' } }]);
    const [ofOtherApp] = await encrypt([{ plaintext: hello, context: { a: '1' } }], otherAppId);
    const foreignApp = world.globex.apps[0]?.id ?? '';
    const items = [{ plaintext: hello, context: { a: '1' } }];
    const [foreign] = must(await encryptItems(world.callers.foreignToken, { appId: foreignApp, items })).items;
    const context = { a: '1' };
    const answers = await decrypt([
      { envelope: envelopeOf(foreign), context },
      { envelope: envelopeOf(ofOtherApp), context },
      { envelope: envelopeOf(own), context: { a: '2' } },
      { envelope: envelopeOf(own), context: {} },
      ...[1, 20, 45, -1].map((at) => ({ envelope: damage(envelopeOf(own), at), context })),
      { envelope: damage(envelopeOf(own), 0), context },
      { envelope: hello, context },
      { envelope: '', context },
      { envelope: envelopeOf(own), context },
    ]);
    expect(answers.pop()).toEqual({ plaintext: hello });
    expect(answers).toHaveLength(11);
    for (const answer of answers) expect(answer).toEqual({ error: { code: 'cannot-open' } });
  });
});

describe('stale', () => {
  it('is said from the date on until the app has its fresh data key, and of what lies under an old one', async () => {
    const before = await encrypt([{ plaintext: hello }]);
    expect(before).toEqual([{ envelope: envelopeOf(before[0]) }]);
    await world.applyPolicies();
    const keyId = await draft(world);
    await schedule(world, keyId);
    const waiting = await encrypt([{ plaintext: hello }]);
    expect(waiting).toEqual([{ envelope: envelopeOf(waiting[0]), stale: true }]);
    await activate(keyId);
    const after = await encrypt([{ plaintext: hello }]);
    expect(after).toEqual([{ envelope: envelopeOf(after[0]) }]);
    const opened = await decrypt([before, waiting, after].map(([item]) => ({ envelope: envelopeOf(item) })));
    expect(opened).toEqual([
      { plaintext: hello, stale: true },
      { plaintext: hello, stale: true },
      { plaintext: hello },
    ]);
  });
});

const invalid = { error: { code: 'invalid-input' } };

async function encrypt(items: unknown[], app = appId): Promise<SealedItem[]> {
  return must(await encryptItems(world.callers.token, { appId: app, items })).items;
}

async function decrypt(items: unknown[]): Promise<OpenedItem[]> {
  return must(await decryptItems(world.callers.token, { appId, items })).items;
}

function envelopeOf(item: SealedItem | undefined): string {
  if (!item || !('envelope' in item)) throw new Error(`not sealed: ${JSON.stringify(item)}`);
  return item.envelope;
}

/** The same envelope with one bit turned, at an offset from its beginning or, below 0, from its end. */
function damage(envelope: string, at: number): string {
  const bytes = Buffer.from(envelope, 'base64');
  const index = at < 0 ? bytes.length + at : at;
  bytes[index] = (bytes[index] ?? 0) ^ 0x80;
  return bytes.toString('base64');
}
