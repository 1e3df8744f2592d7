/** A process that holds many data keys and says what they take. */
import { randomBytes, randomUUID } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { DataKey } from '#lib/envelope/data-key.ts';
import { DataKeyCache } from '#lib/envelope/data-key-cache.ts';
import { serve } from '../child.ts';

export type MemoryCommand = { keys: number; seals: boolean };
/** What the whole process grew by, and the part of it that JavaScript's own heap is; MB. */
export type MemoryAnswer = { residentMb: number; heapMb: number };

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
serve(fill, async () => undefined);

async function fill({ keys, seals }: MemoryCommand): Promise<MemoryAnswer> {
  const cache = new DataKeyCache({ maxEntries: keys });
  const plaintext = randomBytes(64);
  const before = settled();
  for (let i = 0; i < keys; i++) {
    const id = randomUUID();
    const load = async () => DataKey.fromRaw({ id, tenantId: randomUUID(), appId: randomUUID(), raw: randomBytes(32) });
    const key = await cache.getOrLoad({ dataKeyId: id, scope: 'version', epoch: 1, ttlMs: 300_000 }, load);
    if (seals) key.seal(plaintext, { table: 'messages' });
  }
  const after = settled();
  if (cache.stats().entries !== keys) throw new Error('The cache did not keep every key.');
  return { residentMb: (after.rss - before.rss) / 1e6, heapMb: (after.heapUsed - before.heapUsed) / 1e6 };
}

function settled(): NodeJS.MemoryUsage {
  collect();
  collect();
  return process.memoryUsage();
}
