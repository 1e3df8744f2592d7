import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bulkPool, closeDatabase, db, isDatabaseBusy, isDatabaseDown, switchDatabase, transaction } from './client.ts';
import { createTestDatabaseServer, type TestDatabaseServer } from './testing/test-database.ts';

const outages = 10;
let server: TestDatabaseServer;

beforeAll(async () => {
  server = await createTestDatabaseServer();
  await switchDatabase(server.url);
});
afterAll(async () => {
  await closeDatabase();
  await server?.drop();
});

// More at once than there are connections: each is handed from one to the next without a pause, at which its end strikes.
const works: [number, () => Promise<unknown>][] = [
  [8, () => transaction((tx) => tx.tenant.count())],
  [4, () => transaction((tx) => tx.$queryRaw`SELECT pg_sleep(0.02)::text`)],
  [4, () => db().tenant.findMany({ include: { apps: true } })],
  [4, () => db().$queryRaw`SELECT pg_sleep(0.01)::text`],
  [8, () => bulkPool().query('SELECT 1')],
];

it(`${outages} outages under load are told as what they are, and end no process`, { timeout: 90_000 }, async () => {
  const others: string[] = [];
  let [working, done, away] = [true, 0, 0];
  const repeat = async (work: () => Promise<unknown>) => {
    while (working) {
      await work().then(
        () => done++,
        (error: unknown) => {
          if (isDatabaseDown(error) || isDatabaseBusy(error)) away++;
          else others.push(String(error));
        },
      );
      await sleep(1);
    }
  };
  const loops = works.flatMap(([count, work]) => Array.from({ length: count }, () => repeat(work)));
  for (let outage = 0; outage < outages; outage++) {
    const [doneBefore, awayBefore] = [done, away];
    while (done < doneBefore + 50) await sleep(5);
    await server.stopServer();
    while (away === awayBefore) await sleep(5);
    await server.startServer();
  }
  working = false;
  await Promise.all(loops);
  expect([...new Set(others)]).toEqual([]);
});
