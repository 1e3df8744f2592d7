import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { switchDatabase } from '../db/client.ts';
import { createTestDatabase, type TestDatabase } from '../db/testing/test-database.ts';
import { createKey } from './create-key.ts';
import { readHealth } from './read-health.ts';
import { readMe } from './read-me.ts';
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
  wire.speak();
  must(await readMe(world.callers.admin, {}));
  expect(must(await readHealth(world.callers.anonymous, {}))).toMatchObject({ database: 'ok' });
});

type Wire = { url: string; silence(): void; speak(): void; close(): Promise<void> };

/** A wire to the database that can be made to hold back every answer, as a frozen server would. */
async function layWire(databaseUrl: string): Promise<Wire> {
  const target = new URL(databaseUrl);
  const { hostname, port } = target;
  const answers = new Set<Socket>();
  let silent = false;
  const server: Server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    answers.add(upstream);
    client.pipe(upstream);
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
    silence: () => set(true),
    speak: () => set(false),
    close: async () => {
      for (const answer of answers) answer.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
