/** Sealing as a service calls it: over a source of data keys that keeps what it unwrapped, as the keyring does. */
import { randomBytes, randomUUID } from 'node:crypto';
import { dataKeyCheck } from '#lib/envelope/check-value.ts';
import { DataKey } from '#lib/envelope/data-key.ts';
import { DataKeyCache } from '#lib/envelope/data-key-cache.ts';
import type { DataKeySource } from '#lib/envelope/data-key-source.ts';
import { sealItems } from '#lib/envelope/seal.ts';
import { unwrap } from '#lib/keyring/data-keys.ts';
import { inProcessKey } from '../in-process-keys.ts';
import type { Work, Works } from '../slice-process.ts';
import { recordContexts } from './cipher-works.ts';

export const pathWorks: Works = {
  'seal 64 B': () => warm(64),
  'seal 1 KiB': () => warm(1024),
  'seal 1 MiB': () => warm(2 ** 20),
  'seal cold': () => cold(1024),
};

async function warm(bytes: number): Promise<Work> {
  const { source, scope } = await openSource();
  const plaintext = randomBytes(bytes);
  const context = recordContexts();
  return () => sealItems(source, scope, [{ plaintext, context: context() }]);
}

/** Every message waits for its data key to be unwrapped by a wrapping key in this process: no network. */
async function cold(bytes: number): Promise<Work> {
  const { source, scope, forget } = await openSource();
  const plaintext = randomBytes(bytes);
  const context = recordContexts();
  return async () => {
    await sealItems(source, scope, [{ plaintext, context: context() }]);
    forget();
  };
}

/** How often a key service is asked while a million messages are sealed, a hundred at a time, with a cache of five minutes. */
export async function callsPerMillion(): Promise<number> {
  const { source, scope, calls } = await openSource();
  const context = recordContexts();
  const items = Array.from({ length: 100 }, () => ({ plaintext: randomBytes(64), context: context() }));
  for (let sealed = 0; sealed < 1_000_000; sealed += items.length) await sealItems(source, scope, items);
  return calls();
}

async function openSource() {
  const scope = { tenantId: randomUUID(), appId: randomUUID() };
  const provider = inProcessKey(randomBytes(32).toString('base64'));
  const raw = randomBytes(32);
  const id = randomUUID();
  const checkValue = dataKeyCheck(raw, { dataKeyId: id, ...scope });
  const row = { id, ...scope, wrapped: (await provider.wrap(raw, scope)).wrapped, checkValue };
  let calls = 0;
  const load = async () => {
    calls++;
    const { plaintext } = await unwrap(row, provider);
    const key = DataKey.fromRaw({ id, ...scope, raw: plaintext });
    plaintext.fill(0);
    return key;
  };
  const cache = new DataKeyCache({ maxEntries: 10_000 });
  const asked = { dataKeyId: id, scope: 'version', epoch: 1, ttlMs: 300_000 };
  const get = async () => {
    const mayUse = cache.lease(asked.ttlMs, Number.POSITIVE_INFINITY);
    const key = await cache.getOrLoad(asked, load);
    return key.limitedTo(() => mayUse(key));
  };
  const source: DataKeySource = { current: get, byId: get };
  return { source, scope, calls: () => calls, forget: () => void cache.dropAll() };
}
