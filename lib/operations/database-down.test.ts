import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OperationError } from '../byok/errors.ts';
import { db } from '../db/client.ts';
import { createTestDatabaseServer, type TestDatabaseServer } from '../db/testing/test-database.ts';
import { runTransition } from '../jobs/run-transition.ts';
import { takeCensus } from '../jobs/testing/census.ts';
import { type DueKey, makeDueKey, pageOf, tryNow, until } from '../jobs/testing/due-key.ts';
import { expectWhole } from '../jobs/testing/expect-whole.ts';
import { readMe } from './account/read-me.ts';
import { validateApps } from './apps/validate-apps.ts';
import { checkAuthorizationProfile } from './data/check-authorization-profile.ts';
import { decryptItems } from './data/decrypt-items.ts';
import { encryptItems } from './data/encrypt-items.ts';
import { openRecentRecords } from './data/open-recent-records.ts';
import { listHistory } from './history/list-history.ts';
import { readHealth } from './installation/read-health.ts';
import { createKey } from './keys/create-key.ts';
import { readEnterpriseKey } from './keys/read-enterprise-key.ts';
import { saveStep } from './setup/save-step.ts';
import { scheduleKey } from './setup/schedule-key.ts';
import { testConfiguration } from './setup/test-configuration.ts';
import { listTenants } from './tenants/list-tenants.ts';
import { makeWorld, must, type World } from './testing/world.ts';
import { createToken } from './tokens/create-token.ts';

const requestId = expect.stringMatching(/^[0-9a-f-]{36}$/);
let server: TestDatabaseServer;
let world: World;
let due: DueKey;
let running = true;
let tenants = 0;

beforeAll(async () => {
  server = await createTestDatabaseServer();
  world = await makeWorld({ apps: 2, recordsPerApp: 1, databaseUrl: server.url });
});
afterAll(async () => {
  await world?.close();
  await server?.drop();
});
beforeEach(async () => {
  if (!running) await start();
  due = await makeDueKey(world, `Tenant ${++tenants}`);
});

describe('while PostgreSQL is stopped', () => {
  it('every kind of operation answers unavailable, with a request ID, and works again once it is started', async () => {
    await runTransition(due.transitionId, new AbortController().signal);
    const calls = callsOf(due);
    for (const [name, call] of Object.entries(calls)) expect([name, await call()]).not.toEqual([name, unavailable]);
    await until(async () => (await listeners()) === 1);
    await stop();
    for (const [name, call] of Object.entries(calls)) expect([name, await call()]).toEqual([name, unavailable]);
    const health = must(await readHealth(world.callers.anonymous, {}));
    expect(health).toMatchObject({ status: 'unavailable', database: 'down', jobs: 'unknown' });
    await start();
    for (const [name, call] of Object.entries(calls)) expect([name, await call()]).not.toEqual([name, unavailable]);
    expect(must(await readHealth(world.callers.anonymous, {}))).toMatchObject({ database: 'ok' });
    // What tells of revocations listens again by itself.
    await until(async () => (await listeners()) === 1);
  });
});

describe('PostgreSQL goes away in the middle', () => {
  beforeEach(() => world.aws.faults({ kind: 'latency', ms: 50 }));

  it('of a test that streams: its last event says so', async () => {
    const events = [];
    for await (const event of await testConfiguration(due.admin, { keyId: due.keyId })) {
      if (events.length === 0) await stop();
      events.push(event);
    }
    expect(events.at(-1)).toEqual({ type: 'error', error: { code: 'unavailable', requestId } });
    expect(events.filter((event) => event.type === 'error')).toHaveLength(1);
    await start();
    expect((await pageOf(due)).state).toBe('scheduled');
  });

  it('of an activation: nothing is lost, no failure is written, and the next run finishes it', async () => {
    const run = runTransition(due.transitionId, new AbortController().signal).then(
      () => 'ended',
      () => 'interrupted',
    );
    await until(async () => (await pageOf(due)).versionNumber);
    await stop();
    expect(await run).toBe('interrupted');
    await world.aws.faults();
    await start();
    const { transition } = await pageOf(due);
    expect(transition).toMatchObject({ finishedAt: null, attempts: 0, failure: null });
    expect(await takeCensus(due.tenant.id)).toMatchObject({ records: 18, open: 18 });
    await tryNow(due.transitionId);
    await expectWhole(due, 18);
  });
});

const unavailable = { code: 'unavailable', requestId };

/** One of each kind: the error that it answers with, or 'ok'. */
function callsOf({ admin, keyId, tenant }: DueKey): Record<string, () => Promise<OperationError | 'ok'>> {
  const { operator, support, token } = world.callers;
  const appId = world.acme.apps[0]?.id ?? '';
  const id = '00000000-0000-4000-8000-000000000000';
  const answer = async (call: Promise<{ ok: true } | { ok: false; error: OperationError }>) => {
    const result = await call;
    return result.ok ? ('ok' as const) : result.error;
  };
  return {
    readMe: () => answer(readMe(admin, {})),
    readEnterpriseKey: () => answer(readEnterpriseKey(admin, { keyId })),
    listHistory: () => answer(listHistory(admin, {})),
    listTenants: () => answer(listTenants(support, {})),
    createKey: () => answer(createKey(admin, {})),
    saveStep: () => answer(saveStep(admin, { keyId, revision: 0, step: 'prepare', values: {} })),
    scheduleKey: () => answer(scheduleKey(admin, { keyId, revision: 0, acknowledged: [] })),
    validateApps: () => answer(validateApps(admin, { keyId })),
    openRecentRecords: () => answer(openRecentRecords(admin, { appId: tenant.apps[0]?.id ?? '' })),
    checkAuthorizationProfile: () =>
      answer(checkAuthorizationProfile(admin, { profileId: id, userName: 'a', password: 'b' })),
    createToken: () => answer(createToken(operator, { tenantId: world.acme.id, name: 'x', actions: ['encrypt'] })),
    encryptItems: () => answer(encryptItems(token, { appId, items: [{ plaintext: 'aGVsbG8=' }] })),
    decryptItems: () => answer(decryptItems(token, { appId, items: [{ envelope: 'aGVsbG8=' }] })),
    testConfiguration: async () => {
      for await (const event of await testConfiguration(admin, { keyId }))
        if (event.type === 'error') return event.error;
      return 'ok';
    },
  };
}

async function stop(): Promise<void> {
  running = false;
  await server.stopServer();
}

async function start(): Promise<void> {
  await server.startServer();
  running = true;
}

async function listeners(): Promise<number> {
  const rows = await db().$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM pg_stat_activity
     WHERE application_name = 'keyward-epochs' AND datname = current_database()`;
  return rows[0]?.n ?? 0;
}
