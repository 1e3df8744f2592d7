import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { getConfig, setConfig } from '../config/config.ts';
import { db } from '../db/client.ts';
import { parseEnvelope } from '../envelope/format.ts';
import { sealItems } from '../envelope/seal.ts';
import { makeWorld, type World } from '../operations/testing/world.ts';
import { cachedSource } from './keyring.ts';
import { countMessages } from './message-count.ts';
import { startProcess } from './testing/start-process.ts';

let world: World;
let scope: { tenantId: string; appId: string };

beforeAll(async () => {
  world = await makeWorld({ apps: 1, recordsPerApp: 0 });
  scope = { tenantId: world.acme.id, appId: world.acme.apps[0]?.id ?? '' };
});
afterAll(() => world?.close());

/** A data key under which nothing was sealed yet. */
beforeEach(async () => {
  await db().dataKey.deleteMany();
});

describe('messages sealed under a data key', () => {
  it('are counted before they are sealed, in blocks, and cost no statement while a block lasts', async () => {
    limit(2 ** 40);
    const id = await seal(1);
    for (let n = 0; n < 10; n++) expect(await seal(100)).toBe(id);
    expect(await counted(id)).toBe(2 ** 16);
    expect(await countMessages(id, 2 ** 16)).toBe(true);
    expect(await counted(id)).toBe(2 ** 17);
  });

  it('are each counted when many are sealed at once, and never too few', async () => {
    limit(1_000);
    const id = await seal(7);
    const batches = Array.from({ length: 50 }, (_, n) => 1 + (n % 13));
    await Promise.all(batches.map(seal));
    const sealed = 7 + batches.reduce((sum, one) => sum + one);
    expect(await counted(id)).toBeGreaterThanOrEqual(sealed);
    // Blocks of ten: what is counted too much stays within a block for the process and one for a batch.
    expect(await counted(id)).toBeLessThan(sealed + 23);
  });

  it('are counted by every process, the messages of one that was killed too', async () => {
    limit(2 ** 40);
    const others = [startProcess(), startProcess()];
    try {
      const id = await seal(1);
      const answers = await Promise.all(others.map((other) => other.ask({ do: 'seal', ...scope })));
      expect(answers).toEqual([id, id]);
      expect(await counted(id)).toBe(3 * 2 ** 16);
    } finally {
      await Promise.all(others.map((other) => other.end()));
    }
    expect(await counted(await seal(1))).toBe(3 * 2 ** 16);
  });

  it('over the limit are sealed all the same, and the row says so to whoever replaces the key', async () => {
    limit(10);
    const id = await seal(25);
    expect(await seal(1)).toBe(id);
    expect(await counted(id)).toBeGreaterThan(getConfig().rekeyAfterMessages);
  });

  it('cannot be counted under a key that is gone', async () => {
    const id = await seal(2);
    await db().dataKey.deleteMany();
    expect(await countMessages(id, 2 ** 20)).toBe(false);
    expect(await seal(1)).not.toBe(id);
  });
});

function limit(rekeyAfterMessages: number): void {
  const config = getConfig();
  setConfig(Object.create(config, { rekeyAfterMessages: { value: rekeyAfterMessages, enumerable: true } }));
}

async function seal(messages: number): Promise<string> {
  const item = { plaintext: Buffer.from('hello'), context: {} };
  const [first] = await sealItems(cachedSource(), scope, Array(messages).fill(item));
  if (!first) throw new Error('nothing was sealed');
  return parseEnvelope(first).dataKeyId;
}

async function counted(id: string): Promise<number> {
  return Number((await db().dataKey.findUniqueOrThrow({ where: { id } })).messages);
}
