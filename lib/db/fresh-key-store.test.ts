import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeDatabase, db, switchDatabase } from './client.ts';
import { type FreshDataKey, putFreshDataKeys } from './fresh-key-store.ts';
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts';

let database: TestDatabase;
let tenantId: string;
let appIds: string[];

beforeAll(async () => {
  database = await createTestDatabase();
  await switchDatabase(database.url);
});
afterAll(async () => {
  await closeDatabase();
  await database?.drop();
});
beforeEach(async () => {
  tenantId = randomUUID();
  appIds = Array.from({ length: 5 }, () => randomUUID());
  await db().tenant.create({ data: { id: tenantId, name: tenantId, homeRegion: 'us-east-1', externalId: tenantId } });
  await db().app.createMany({ data: appIds.map((id) => ({ id, tenantId, kind: 'app', name: id })) });
});

describe('fresh data keys of several apps', () => {
  it('become their current ones; those before become old', async () => {
    const first = appIds.map((appId) => fresh(appId, null));
    expect(await putFreshDataKeys(first)).toBe(5);
    const second = first.map((key) => fresh(key.appId, key.id));
    expect(await putFreshDataKeys(second)).toBe(5);
    expect(await currentKeys()).toEqual(ids(second));
    expect(await db().dataKey.count({ where: { tenantId, state: 'old' } })).toBe(5);
    const row = await db().dataKey.findUniqueOrThrow({ where: { id: second[0]?.id ?? '' } });
    expect(row).toMatchObject({ wrapped: second[0]?.wrapped, checkValue: second[0]?.checkValue, revision: 1 });
  });

  it('made by several at the same moment leave one current data key per app, all of it from one of them', async () => {
    const rivals = Array.from({ length: 6 }, () => appIds.map((appId) => fresh(appId, null)));
    const put = await Promise.all(rivals.map((keys) => putFreshDataKeys(keys.toSorted(() => Math.random() - 0.5))));
    expect(put.reduce((sum, count) => sum + count, 0)).toBe(5);
    expect(await db().dataKey.count({ where: { tenantId } })).toBe(5);
  });

  it('are not put where the app belongs elsewhere, is another tenant’s, or has another current data key by now', async () => {
    const [moved = '', foreign = '', beaten = '', ...others] = appIds;
    const known = fresh(beaten, null);
    await putFreshDataKeys([known]);
    const keys = [
      { ...fresh(moved, null), keyVersionId: randomUUID() },
      { ...fresh(foreign, null), tenantId: randomUUID() },
      fresh(beaten, randomUUID()),
      ...others.map((appId) => fresh(appId, null)),
    ];
    expect(await putFreshDataKeys(keys)).toBe(2);
    expect(await currentKeys()).toEqual(ids([known, ...keys.slice(3)]));
  });
});

function fresh(appId: string, currentId: string | null): FreshDataKey {
  const bytes = { wrapped: new Uint8Array(randomBytes(69)), checkValue: new Uint8Array(randomBytes(32)) };
  return { id: randomUUID(), tenantId, appId, keyVersionId: null, wrappingKeyId: 'platform/test', ...bytes, currentId };
}

async function currentKeys(): Promise<string[]> {
  const rows = await db().dataKey.findMany({ where: { tenantId, state: 'current' }, select: { id: true } });
  return rows.map(({ id }) => id).sort();
}

function ids(keys: { id: string }[]): string[] {
  return keys.map(({ id }) => id).sort();
}
