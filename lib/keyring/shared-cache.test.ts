import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pass } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest';
import { db, transaction } from '../db/client.ts';
import { publishEpoch } from '../db/epoch-feed.ts';
import { createTestDatabase, type TestDatabase } from '../db/testing/test-database.ts';
import { DataKey } from '../envelope/data-key.ts';
import { until } from '../jobs/testing/due-key.ts';
import { makeWorld, type World } from '../operations/testing/world.ts';
import { openSharedCache, type SharedCache } from './shared-cache.ts';
import { activateKey } from './testing/active-key.ts';

let database: TestDatabase;
let world: World;
let versionId: string;
let shared: SharedCache;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await makeWorld({ apps: 1, recordsPerApp: 0, databaseUrl: database.url });
  ({ versionId } = await activateKey(world));
});
afterAll(async () => {
  await world?.close();
  await database?.drop();
});

/** The process's cache with times that a test can wait for, and a copy in it. */
beforeEach(async () => {
  await db().keyVersion.update({ where: { id: versionId }, data: { epoch: 1 } });
  shared = openSharedCache({ pollMs: 50, heardForMs: 1_000 });
  onTestFinished(() => shared.close());
  shared.raise(versionId, 1);
  await keep();
});

it('keeps its copies as long as the database answers', async () => {
  await pass(2_000);
  expect(held()).toBe(1);
});

it('is emptied when the database takes its questions and gives no answer, though notifications could still come', async () => {
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  onTestFinished(() => owner.end());
  await owner.query('BEGIN; LOCK TABLE key_version IN ACCESS EXCLUSIVE MODE');
  await until(async () => held() === 0);
  await owner.query('ROLLBACK');
  await keep();
  await pass(2_000);
  expect(held()).toBe(1);
});

it('lets go of what a revocation made void, and keeps what was unwrapped since', async () => {
  await transaction(async (tx) => {
    await tx.keyVersion.update({ where: { id: versionId }, data: { epoch: 2 } });
    await publishEpoch(tx, versionId, 2);
  });
  await until(async () => held() === 0);
  await keep(2);
  await pass(500);
  expect(held()).toBe(1);
});

it('lets go of it also where the notification never came', async () => {
  await db().keyVersion.update({ where: { id: versionId }, data: { epoch: 3 } });
  await until(async () => held() === 0);
});

function held(): number {
  return shared.cache.stats().entries;
}

async function keep(epoch = 1): Promise<void> {
  const id = randomUUID();
  const ids = { id, tenantId: world.acme.id, appId: world.acme.apps[0]?.id ?? '', raw: randomBytes(32) };
  await shared.cache.getOrLoad({ dataKeyId: id, scope: versionId, epoch, ttlMs: 3_600_000 }, async () =>
    DataKey.fromRaw(ids),
  );
}
