import { afterAll, beforeAll, expect, it } from 'vitest';
import { db } from '../db/client.ts';
import { createTestDatabaseServer, type TestDatabaseServer } from '../db/testing/test-database.ts';
import { until } from '../jobs/testing/due-key.ts';
import { makeWorld, type World } from '../operations/testing/world.ts';
import { activateKey } from './testing/active-key.ts';
import { seal } from './testing/seal-and-open.ts';
import { startProcess } from './testing/start-process.ts';

let database: TestDatabaseServer;
let world: World;

beforeAll(async () => {
  database = await createTestDatabaseServer();
  world = await makeWorld({ apps: 1, recordsPerApp: 0, databaseUrl: database.url });
  await activateKey(world);
}, 60_000);
afterAll(async () => {
  await world?.close();
  await database?.drop();
});

it('a process cut off from the database serves nothing and lets go of its copies, and serves again after', async () => {
  await db().tenant.update({ where: { id: world.acme.id }, data: { cacheTtlSeconds: 3_600 } });
  const { appId, bytes } = await seal(world, world.acme.apps[0]?.id ?? '');
  const command = { do: 'open', tenantId: world.acme.id, appId, envelope: bytes.toString('base64') };
  const other = startProcess();
  try {
    expect(await other.ask(command)).toBe('hello');
    await database.stopServer();
    expect(await other.ask(command)).not.toBe('hello');
    await until(async () => (await other.ask({ do: 'held' })) === '0');
    await database.startServer();
    await until(async () => (await other.ask(command)) === 'hello');
  } finally {
    await other.end();
  }
}, 60_000);
