import { EventEmitter, on } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeDatabase, db, isDatabaseBusy, isDatabaseDown, switchDatabase, transaction } from './client.ts';
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await switchDatabase(database.url, 300);
});
afterAll(async () => {
  await closeDatabase();
  await database?.drop();
});

/** The way to a database, so that it can be cut. */
async function wireTo(databaseUrl: string) {
  const url = new URL(databaseUrl);
  const port = Number(url.port);
  const sockets: Socket[] = [];
  const carried = new EventEmitter();
  const server = createServer((near) => {
    const far = connect(port, url.hostname);
    for (const socket of [near, far]) socket.on('error', () => undefined);
    near.on('data', (bytes) => carried.emit('bytes', bytes.toString('latin1')));
    near.pipe(far).pipe(near);
    sockets.push(near, far);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url.port = typeof address === 'object' && address ? String(address.port) : '';
  return {
    url: url.href,
    async carries(words: string): Promise<void> {
      for await (const [bytes] of on(carried, 'bytes')) if (String(bytes).includes(words)) return;
    },
    cut: () => sockets.forEach((socket) => void socket.resetAndDestroy()),
    close: () => void server.close(),
  };
}

/** What PostgreSQL says as it goes away, put in the way of a statement: https://www.postgresql.org/docs/current/errcodes-appendix.html */
async function failing(sqlState: string): Promise<unknown> {
  const statement = `DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '${sqlState}'; END $$`;
  return db()
    .$executeRawUnsafe(statement)
    .catch((error: unknown) => error);
}

describe('what is nobody’s mistake', () => {
  it.each(['57P01', '57P02', '57P03', '08006', '08003'])('%s: the database is down', async (sqlState) => {
    expect(isDatabaseDown(await failing(sqlState))).toBe(true);
  });

  it('a connection that is ended under a statement: down', async () => {
    const error = await db().$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())`.catch(
      (thrown: unknown) => thrown,
    );
    expect(isDatabaseDown(error)).toBe(true);
    expect(await db().$queryRaw`SELECT 1 AS one`).toEqual([{ one: 1 }]);
  });

  it('a connection that the network cuts off under a statement: down', async () => {
    const wire = await wireTo(database.url);
    await switchDatabase(wire.url);
    const asked = db().$queryRaw`SELECT pg_sleep(20)`.catch((thrown: unknown) => thrown);
    await wire.carries('pg_sleep');
    wire.cut();
    expect(isDatabaseDown(await asked)).toBe(true);
    await switchDatabase(database.url, 300);
    wire.close();
  });

  it('a connection that is ended in a transaction: down', async () => {
    const ended = transaction(async (tx) => {
      await tx.$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())`.catch(() => undefined);
      await tx.tenant.count();
    });
    const error = await ended.catch((thrown: unknown) => thrown);
    expect(isDatabaseDown(error) || isDatabaseBusy(error)).toBe(true);
  });

  it('a statement that waits too long, and a server without a free connection: busy', async () => {
    expect(isDatabaseBusy(await failing('53300'))).toBe(true);
    const error = await db().$queryRaw`SELECT pg_sleep(5)`.catch((thrown: unknown) => thrown);
    expect([isDatabaseBusy(error), isDatabaseDown(error)]).toEqual([true, false]);
  });
});

describe('what is a mistake', () => {
  it.each(['23505', '22P02', '42P01', '42501'])('%s: neither down nor busy', async (sqlState) => {
    const error = await failing(sqlState);
    expect(error).toBeInstanceOf(Error);
    expect([isDatabaseDown(error), isDatabaseBusy(error)]).toEqual([false, false]);
  });
});
