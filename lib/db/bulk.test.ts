import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pack, readBulk, toBytes, toInteger, toUuid, uuids, writeBulk } from './bulk.ts';
import { closeDatabase, db, isDatabaseBusy, isDatabaseDown, switchDatabase } from './client.ts';
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await switchDatabase(database.url);
});
afterAll(async () => {
  await closeDatabase();
  await database?.drop();
});

const everyByte = Buffer.from(Array.from({ length: 256 }, (_, n) => n));

describe('readBulk', () => {
  it('brings every byte, every number and every ID as it is, in the order of the query', async () => {
    const id = randomUUID();
    const rows = await readBulk(
      `SELECT '${id}'::uuid, '\\x${everyByte.toString('hex')}'::bytea, n, ''::bytea FROM generate_series(-1, 1) AS n ORDER BY n`,
      ([key, bytes, n, empty]) => [toUuid(key), toBytes(bytes), toInteger(n), toBytes(empty).length],
    );
    expect(rows).toEqual([-1, 0, 1].map((n) => [id, everyByte, n, 0]));
  });

  it('says what is null, and refuses to take it for a value', async () => {
    expect(await readBulk('SELECT null::bytea', ([value]) => value)).toEqual([null]);
    await expect(readBulk('SELECT null::int', ([value]) => toInteger(value))).rejects.toThrow(TypeError);
  });

  it('answers with nothing where there is nothing', async () => {
    expect(await readBulk('SELECT 1 WHERE false', () => 1)).toEqual([]);
  });

  it('keeps rows apart that were read one after another', async () => {
    const value = (n: number) => Buffer.alloc(1_000, n);
    const query = `SELECT decode(repeat(lpad(to_hex(n), 2, '0'), 1000), 'hex') FROM generate_series(0, 250) AS n ORDER BY n`;
    const first = await readBulk(query, ([bytes]) => toBytes(bytes));
    await readBulk(query.replace('to_hex(n)', 'to_hex(250 - n)'), ([bytes]) => toBytes(bytes));
    expect(first.every((bytes, n) => bytes.equals(value(n)))).toBe(true);
  });

  it('throws what PostgreSQL says, and works on afterwards', async () => {
    await expect(readBulk('SELECT 1 / 0', () => 1)).rejects.toMatchObject({ code: '22012' });
    await expect(readBulk('SELECT 1 / (2 - n) FROM generate_series(1, 3) AS n', () => 1)).rejects.toMatchObject({
      code: '22012',
    });
    expect(await readBulk('SELECT 7', ([n]) => toInteger(n))).toEqual([7]);
  });

  it('knows a lost connection for what it is', async () => {
    const [lost] = await Promise.allSettled([
      readBulk('SELECT pg_sleep(20)', () => 1),
      readBulk('SELECT pg_sleep(0.2)', () => 1).then(
        () =>
          db()
            .$executeRaw`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'COPY (SELECT pg_sleep(20)%'`,
      ),
    ]);
    expect(lost.status === 'rejected' && isDatabaseDown(lost.reason)).toBe(true);
    expect(await readBulk('SELECT 7', ([n]) => toInteger(n))).toEqual([7]);
  });

  it('gives up with the time limit of every statement', async () => {
    await switchDatabase(database.url, 100);
    const error = await readBulk('SELECT pg_sleep(20)', () => 1).catch((reason: unknown) => reason);
    await switchDatabase(database.url);
    expect(isDatabaseBusy(error)).toBe(true);
  });
});

describe('writeBulk', () => {
  it('writes bytes that were packed, each to its own row', async () => {
    const values = [everyByte, Buffer.alloc(0), Buffer.of(7)];
    const tenant = await db().tenant.create({ data: { name: 'Bulk', homeRegion: 'us-east-1', externalId: 'x' } });
    const ids = values.map(() => randomUUID());
    await db().app.createMany({ data: ids.map((id) => ({ id, tenantId: tenant.id, kind: 'app', name: id })) });
    const { bytes, starts, lengths } = pack(values);
    const touched = await writeBulk(
      'write-test',
      `UPDATE app SET name = encode(substring($2::bytea FROM n.at FOR n.length), 'hex')
         FROM unnest($1::uuid[], $3::int[], $4::int[]) AS n(id, at, length) WHERE app.id = n.id`,
      [[...ids], bytes, starts, lengths],
    ).catch((error: unknown) => error);
    expect(touched).toBe(3);
    const rows = await readBulk(
      `SELECT id, decode(name, 'hex') FROM app WHERE id = ANY(${uuids(ids)})`,
      ([id, name]) => [toUuid(id), toBytes(name)],
    );
    expect(new Map(rows.map(([id, name]) => [id, name]))).toEqual(new Map(ids.map((id, n) => [id, values[n]])));
  });
});

describe('uuids', () => {
  it('takes nothing but IDs', () => {
    expect(() => uuids([randomUUID(), "'; DROP TABLE app; --"])).toThrow(TypeError);
    expect(uuids([])).toBe("'{}'::uuid[]");
  });
});
