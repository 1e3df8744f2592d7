import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../db/testing/test-database.ts';
import { makeWorld, type World } from '../operations/testing/world.ts';
import { type DueKey, makeDueKey, pageOf, tryNow } from './testing/due-key.ts';
import { expectItFinishes } from './testing/expect-whole.ts';

let database: TestDatabase;
let world: World;
let tenants = 0;
let due: DueKey;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await makeWorld({ recordsPerApp: 0, databaseUrl: database.url });
});
afterAll(async () => {
  await world?.close();
  await database?.drop();
});
beforeEach(async () => {
  due = await makeDueKey(world, `Tenant ${++tenants}`, { apps: 2 });
});

describe('an activation in which nothing moves', () => {
  it.each([
    ['data keys', 'data_key', 'UPDATE OF wrapped', 'rewrapping'],
    ['records', 'app_record', 'UPDATE OF envelope', 'reencrypting'],
  ])(
    'because its %s change for nobody gives up with the reason, and finishes once they do',
    async (what, table, event, phase) => {
      await asOwner(`
      CREATE FUNCTION hold_still() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
      CREATE TRIGGER hold_still BEFORE ${event} ON ${table} FOR EACH ROW EXECUTE FUNCTION hold_still()`);
      await tryNow(due.transitionId);
      await asOwner(`DROP FUNCTION hold_still CASCADE`);
      const { transition } = await pageOf(due);
      expect(transition).toMatchObject({ phase, finishedAt: null, attempts: 1, failure: { code: 'conflict' } });
      expect(transition.failure?.detail).toContain(`Someone else changed the ${what} each time`);
      await expectItFinishes(due, 2 * 2 * 3);
    },
  );
});

async function asOwner(statements: string): Promise<void> {
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  await client.query(statements).finally(() => client.end());
}
