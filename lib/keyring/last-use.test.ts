import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db, switchDatabase } from '../db/client.ts';
import { createTestDatabase, type TestDatabase } from '../db/testing/test-database.ts';
import { makeWorld, type World } from '../operations/testing/world.ts';
import { closeKeyring, freshSource } from './keyring.ts';
import { noteUse, recordUse, writeUses } from './last-use.ts';
import { providerFor } from './providers.ts';
import { activateKey } from './testing/active-key.ts';
import { type Envelope, open, seal } from './testing/seal-and-open.ts';

let database: TestDatabase;
let world: World;
let versionId: string;
let envelope: Envelope;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await makeWorld({ apps: 1, recordsPerApp: 0, databaseUrl: database.url });
  ({ versionId } = await activateKey(world));
  envelope = await seal(world, world.acme.apps[0]?.id ?? '');
});
afterAll(async () => {
  await world?.close();
  await database?.drop();
});

/** Long ago, and healthy: so that no change of health writes anything. */
beforeEach(async () => {
  await closeKeyring();
  await db().keyVersion.update({ where: { id: versionId }, data: { lastUsedAt: new Date(0), health: 'healthy' } });
});

describe('the last use of a key version', () => {
  it.each([
    ['live traffic', () => open(world, envelope)],
    ['Validation', () => open(world, envelope, freshSource())],
    ['a data key that is made', async () => (await providerFor(versionId)).generateDataKey(scope())],
    ['a data key that is moved to it', async () => (await providerFor(versionId)).wrap(Buffer.alloc(32, 1), scope())],
  ])('is known of %s', async (_, use) => {
    const before = Date.now();
    await use();
    await noteUse(versionId);
    expect((await lastUse()).getTime()).toBeGreaterThanOrEqual(before);
  });

  it('is written down when the process ends', async () => {
    await open(world, envelope);
    await closeKeyring();
    expect((await lastUse()).getTime()).toBeGreaterThan(Date.now() - 60_000);
  });

  it('never goes back, whoever writes it when', async () => {
    recordUse(versionId, new Date(2_000));
    await writeUses();
    recordUse(versionId, new Date(1_000));
    await writeUses();
    expect(await lastUse()).toEqual(new Date(2_000));
  });

  it('is not forgotten while the database does not answer', async () => {
    recordUse(versionId, new Date(5_000));
    await switchDatabase('postgresql://nobody@127.0.0.1:1/nothing');
    await expect(noteUse(versionId)).rejects.toThrow();
    await switchDatabase(database.url);
    await noteUse(versionId);
    expect(await lastUse()).toEqual(new Date(5_000));
  });
});

const scope = () => ({ tenantId: world.acme.id, appId: envelope.appId });

async function lastUse(): Promise<Date> {
  const { lastUsedAt } = await db().keyVersion.findUniqueOrThrow({ where: { id: versionId } });
  return lastUsedAt ?? new Date(Number.NaN);
}
