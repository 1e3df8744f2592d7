import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getConfig } from '../config/config.ts';
import { db, switchDatabase } from '../db/client.ts';
import { serviceRoleArn } from '../kms/testing/customer.ts';
import { makeWorld, type World } from '../operations/testing/world.ts';
import { takeCensus } from './testing/census.ts';
import { makeDueKey, stopInTheMiddle, until } from './testing/due-key.ts';
import { startWorker } from './worker.ts';

let world: World;

beforeAll(async () => {
  world = await makeWorld({ recordsPerApp: 0 });
});
afterAll(() => world?.close());

describe('the worker', () => {
  it('finds what is due without a job, works on it, and says that it lives', { timeout: 60_000 }, async () => {
    const dues = [];
    for (let n = 0; n < 5; n++) dues.push(await makeDueKey(world, `Due ${n}`, { apps: 1, recordsPerKey: 1 }));
    await trust(dues.map((due) => due.tenant.externalId));
    await db().$executeRaw`DELETE FROM pgboss.job`;
    const { end } = start();
    const open = () => db().transition.count({ where: { finishedAt: null } });
    await until(async () => (await open()) === 0);
    expect(await db().workerHeartbeat.count()).toBe(1);
    await end();
    for (const { tenant } of dues)
      expect(await takeCensus(tenant.id)).toMatchObject({ records: 2, open: 2, dataKeys: 1 });
    expect(await db().workerHeartbeat.count()).toBe(0);
  });

  // The calls that are under way have a minute: the worker that waited for them would outlast this test's limit.
  it('ends while a call to the key is silent, and writes no failure down', { timeout: 40_000 }, async () => {
    Object.assign(getConfig(), { kmsTimeoutMs: 60_000 });
    const due = await makeDueKey(world, 'Silent', { apps: 2 });
    await stopInTheMiddle(world, due);
    await world.aws.faults({ kind: 'silence', service: 'kms' });
    const { end } = start();
    await until(async () => (await locks()) === 1);
    await end();
    await world.aws.faults();
    const row = await db().transition.findUniqueOrThrow({
      where: { id: due.transitionId },
      include: { version: true },
    });
    expect(row).toMatchObject({ finishedAt: null, attempts: 0, failureCode: null, version: { health: 'healthy' } });
  });
});

/** A worker in this process; `end` asks it to end, waits for that, and opens the database again for the test. */
function start(): { end: () => Promise<void> } {
  const { databaseUrl } = getConfig();
  const stop = new AbortController();
  const worker = startWorker({ signal: stop.signal });
  return {
    end: async () => {
      stop.abort();
      await worker;
      await switchDatabase(databaseUrl);
    },
  };
}

/** One role stands for the roles of several customers: it asks for the external ID of any of them. */
async function trust(externalIds: string[]): Promise<void> {
  const allow = { Effect: 'Allow', Principal: { AWS: serviceRoleArn }, Action: 'sts:AssumeRole' };
  const Condition = { StringEquals: { 'sts:ExternalId': externalIds } };
  await world.aws.put.trust({ Version: '2012-10-17', Statement: [{ ...allow, Condition }] });
}

async function locks(): Promise<number> {
  const rows = await db().$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM pg_stat_activity
     WHERE application_name = 'keyward-lock' AND datname = current_database()`;
  return rows[0]?.n ?? 0;
}
