import { randomBytes, randomUUID } from 'node:crypto';
import { vi } from 'vitest';
import { DataKey } from './data-key.ts';
import { DataKeyCache } from './data-key-cache.ts';
import { isDestroyed } from './errors.ts';

// What the tests of the cache share. The data keys are real ones.
const TENANT = randomUUID();
export const APP = randomUUID();
export const ID = randomUUID();
export const ASKED = { dataKeyId: ID, scope: 'version-1', epoch: 1, ttlMs: 60_000 };

export function setUp(maxEntries = 10) {
  const time = { now: 0 };
  return { time, cache: new DataKeyCache({ maxEntries, clock: () => time.now }) };
}

export function newKey({ id = ID }: { id?: string } = {}): DataKey {
  return DataKey.fromRaw({ id, tenantId: TENANT, appId: APP, raw: randomBytes(32) });
}

/** A load that ends when the test says so. */
export function pending() {
  const { promise, resolve, reject } = Promise.withResolvers<DataKey>();
  return { load: vi.fn(() => promise), give: resolve, fail: reject };
}

export async function never(): Promise<DataKey> {
  throw new Error('This caller should not have loaded.');
}

export function isAlive(key: DataKey): boolean {
  try {
    key.seal(Buffer.alloc(0), {});
    return true;
  } catch (error) {
    if (!isDestroyed(error)) throw error;
    return false;
  }
}

/** Past everything that the cache put off to the end of the turn. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}
