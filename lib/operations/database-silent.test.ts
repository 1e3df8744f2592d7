import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bulkPool, isDatabaseDown, switchDatabase, transaction } from '../db/client.ts';
import { createTestDatabase, type TestDatabase } from '../db/testing/test-database.ts';
import { readMe } from './account/read-me.ts';
import { readHealth } from './installation/read-health.ts';
import { createKey } from './keys/create-key.ts';
import { makeWorld, must, type World } from './testing/world.ts';

let database: TestDatabase;
let world: World;
let wire: Wire;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await makeWorld({ recordsPerApp: 0, databaseUrl: database.url });
  wire = await layWire(database.url);
  await switchDatabase(wire.url);
});
afterAll(async () => {
  wire?.speak();
  await world?.close();
  await wire?.close();
  await database?.drop();
});

it('a database that takes questions and gives no answer: everybody is told, and served again once it answers', async () => {
  must(await readMe(world.callers.admin, {}));
  wire.silence();
  const [health, me, command] = await Promise.all([
    readHealth(world.callers.anonymous, {}),
    readMe(world.callers.admin, {}),
    createKey(world.callers.admin, {}),
  ]);
  expect(must(health)).toMatchObject({ status: 'unavailable', database: 'down' });
  expect([me, command]).toMatchObject(Array(2).fill({ ok: false, error: { code: 'unavailable' } }));
  // From here on nobody waits: no question goes to it until it answers a probe.
  const before = wire.asked();
  const next = await Promise.all(Array.from({ length: 50 }, () => readMe(world.callers.admin, {})));
  expect(next).toMatchObject(Array(50).fill({ ok: false, error: { code: 'unavailable' } }));
  expect(wire.asked()).toBe(before);
  wire.speak();
  await served();
  must(await readMe(world.callers.admin, {}));
  expect(must(await readHealth(world.callers.anonymous, {}))).toMatchObject({ database: 'ok' });
});

it('silent before there is any connection, and in the middle of a transaction', async () => {
  await switchDatabase(wire.url);
  wire.silence();
  expect(await readMe(world.callers.admin, {})).toMatchObject({ ok: false, error: { code: 'unavailable' } });
  wire.speak();
  await served();
  const broken = await transaction(async (tx) => {
    await tx.tenant.count();
    wire.silence();
    return tx.tenant.count();
  }).catch((error: unknown) => error);
  expect(isDatabaseDown(broken)).toBe(true);
  const bulk = await bulkPool()
    .query('SELECT 1')
    .catch((error: unknown) => error);
  expect(isDatabaseDown(bulk)).toBe(true);
  wire.speak();
  await served();
  expect((await bulkPool().query('SELECT 1')).rowCount).toBe(1);
});

it('a statement that takes long is no silence', async () => {
  const took = await bulkPool().query(
    `SELECT clock_timestamp() - statement_timestamp() >= '4 s' AS whole FROM pg_sleep(4)`,
  );
  expect(took.rows).toEqual([{ whole: true }]);
});

/** The database is asked again by itself. */
async function served(): Promise<void> {
  while (!(await readMe(world.callers.admin, {})).ok) await sleep(50);
}

type Wire = {
  url: string /** How many bytes were sent to the database, its probes left aside. */;
  asked(): number;
  silence(): void;
  speak(): void;
  close(): Promise<void>;
};

/** A wire to the database that can be made to hold back every answer, as a frozen server would. */
async function layWire(databaseUrl: string): Promise<Wire> {
  const target = new URL(databaseUrl);
  const { hostname, port } = target;
  const answers = new Set<Socket>();
  let [silent, asked] = [false, 0];
  const server: Server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    answers.add(upstream);
    let isProbe: boolean | undefined;
    client.on('data', (chunk) => {
      isProbe ??= chunk.includes('keyward-probe');
      if (!isProbe) asked += chunk.length;
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => void client.write(chunk));
    if (silent) upstream.pause();
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => {
        answers.delete(upstream);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('the wire has no port');
  target.port = String(address.port);
  const set = (quiet: boolean) => {
    silent = quiet;
    for (const answer of answers) quiet ? answer.pause() : answer.resume();
  };
  return {
    url: target.href,
    asked: () => asked,
    silence: () => set(true),
    speak: () => set(false),
    close: async () => {
      for (const answer of answers) answer.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
