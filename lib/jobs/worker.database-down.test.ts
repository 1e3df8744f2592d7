import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { db, switchDatabase } from '../db/client.ts';
import { createTestDatabaseServer, type TestDatabaseServer } from '../db/testing/test-database.ts';
import { makeWorld, type World } from '../operations/testing/world.ts';
import { makeDueKey, until } from './testing/due-key.ts';
import { expectWhole } from './testing/expect-whole.ts';
import { startWorker } from './worker.ts';

let server: TestDatabaseServer;
let world: World;

beforeAll(async () => {
  server = await createTestDatabaseServer();
  world = await makeWorld({ recordsPerApp: 0, databaseUrl: server.url });
});
afterAll(async () => {
  await world?.close();
  await server?.drop();
});

describe('a worker whose database goes away', () => {
  it('goes on by itself once it is back, and ends while it is away', { timeout: 60_000 }, async () => {
    const due = await makeDueKey(world, 'Due');
    await world.aws.faults({ kind: 'latency', ms: 40 });
    const stop = new AbortController();
    const worker = startWorker({ signal: stop.signal });
    const find = () => db().transition.findUniqueOrThrow({ where: { id: due.transitionId } });
    await until(async () => (await find()).versionId);
    await server.stopServer();
    await world.aws.faults();
    await server.startServer();
    await until(async () => (await find().catch(() => undefined))?.finishedAt);
    await expectWhole(due, 18);
    await server.stopServer();
    stop.abort();
    await worker;
    await server.startServer();
    await switchDatabase(server.url);
    expect((await find()).failureCode).toBeNull();
  });
});
