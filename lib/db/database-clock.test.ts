import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { closeDatabase, db, switchDatabase, transaction } from './client.ts';
import { databaseNow, setDatabaseClock } from './database-clock.ts';
import { createPerson, createSession } from './person-store.ts';
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts';
import { insertTransition } from './transition-store.ts';

let database: TestDatabase;
const RealDate = globalThis.Date;
const monthMs = 30 * 86_400_000;

beforeAll(async () => {
  database = await createTestDatabase();
  await switchDatabase(database.url);
  await db().tenant.count();
});
afterEach(() => {
  globalThis.Date = RealDate;
});
afterAll(async () => {
  await closeDatabase();
  await database?.drop();
});

/** From here on this process believes that it is a month later. */
function jumpAhead(): void {
  globalThis.Date = class extends RealDate {
    constructor(...given: []) {
      if (given.length === 0) super(RealDate.now() + monthMs);
      else super(...given);
    }
    static override now() {
      return RealDate.now() + monthMs;
    }
  } as DateConstructor;
}

async function databaseSays(): Promise<number> {
  const rows = await db().$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  return rows[0]?.now.getTime() ?? 0;
}

it('follows the database, whatever this process believes, and is never ahead of it', async () => {
  jumpAhead();
  const known = databaseNow().getTime();
  const truth = await databaseSays();
  expect(known).toBeLessThanOrEqual(truth);
  expect(truth - known).toBeLessThan(monthMs / 100);
});

it('of two readings the one that came sooner counts', async () => {
  setDatabaseClock(new Date((await databaseSays()) - 60_000));
  expect((await databaseSays()) - databaseNow().getTime()).toBeLessThan(60_000);
});

it('what is written and later compared is the database’s time', async () => {
  jumpAhead();
  const tenant = await db().tenant.create({ data: { name: 'T', homeRegion: 'us-east-1', externalId: randomUUID() } });
  const transition = {
    tenantId: tenant.id,
    keyId: null,
    kind: 'rekey',
    requestedBy: 'x',
    dueAt: databaseNow(),
  } as const;
  const transitionId = await transaction((tx) => insertTransition(tx, transition));
  const person = {
    email: 'a@b.example',
    role: 'operator',
    tenantId: null,
    passwordHash: 'x',
    mustChangePassword: false,
  } as const;
  const idHash = randomBytes(32);
  await createSession({ idHash, userId: await createPerson(person), expiresAt: databaseNow() });
  const truth = await databaseSays();
  const session = await db().session.findFirstOrThrow();
  const { createdAt } = await db().transition.findUniqueOrThrow({ where: { id: transitionId } });
  for (const at of [createdAt, session.createdAt, session.lastSeenAt]) expect(at.getTime()).toBeLessThanOrEqual(truth);
});
