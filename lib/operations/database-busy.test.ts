import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { switchDatabase, transaction } from '../db/client.ts';
import { createTestDatabase, type TestDatabase } from '../db/testing/test-database.ts';
import { readMe } from './account/read-me.ts';
import { createKey } from './keys/create-key.ts';
import { makeWorld, must, type World } from './testing/world.ts';

let database: TestDatabase;
let world: World;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await makeWorld({ recordsPerApp: 0, databaseUrl: database.url });
  await switchDatabase(database.url, 500);
});
afterAll(async () => {
  await world?.close();
  await database?.drop();
});

describe('somebody else holds what an operation needs', () => {
  it.each([
    ['a row that a command locks', 'SELECT 1 FROM tenant FOR UPDATE', () => createKey(world.callers.admin, {})],
    ['a table that is read first of all', 'LOCK TABLE session', () => readMe(world.callers.admin, {})],
  ])('%s: it answers unavailable instead of waiting for ever, and works afterwards', async (_, lock, call) => {
    const owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    await owner.query(`BEGIN; ${lock}`);
    expect(await call()).toMatchObject({ ok: false, error: { code: 'unavailable' } });
    await owner.query('ROLLBACK');
    await owner.end();
    must<unknown>(await call());
  });

  it('every connection: it answers unavailable, and works afterwards', async () => {
    await switchDatabase(database.url);
    const held = Promise.withResolvers<void>();
    const all = Array.from({ length: 12 }, () => transaction(() => held.promise));
    expect(await readMe(world.callers.admin, {})).toMatchObject({ ok: false, error: { code: 'unavailable' } });
    expect(await createKey(world.callers.admin, {})).toMatchObject({ ok: false, error: { code: 'unavailable' } });
    held.resolve();
    await Promise.allSettled(all);
    must(await readMe(world.callers.admin, {}));
  });
});
