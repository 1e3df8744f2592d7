import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#lib/db/testing/test-database.ts';
import { startTransactionPooler } from '#lib/db/testing/transaction-pooler.ts';
import { isEmpty, schemaDifference } from './difference.ts';
import { openEngine } from './engine.ts';
import { readMigrations } from './folder.ts';
import { migrate } from './migrate.ts';

let database: TestDatabase;
let owner: pg.Client;

beforeEach(async () => {
  database = await createTestDatabase();
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
});
afterEach(async () => {
  await owner.end();
  await database.drop();
});

async function empty(): Promise<void> {
  await owner.query('DROP SCHEMA public CASCADE; DROP SCHEMA IF EXISTS pgboss CASCADE; CREATE SCHEMA public');
}

async function history(): Promise<unknown[]> {
  const { rows } = await owner.query(
    'SELECT migration_name, checksum, finished_at IS NOT NULL AS finished, applied_steps_count FROM _prisma_migrations ORDER BY 1',
  );
  return rows;
}

async function shape(): Promise<unknown[]> {
  const { rows } = await owner.query(
    `SELECT table_name, column_name, data_type, is_nullable, character_maximum_length FROM information_schema.columns
      WHERE table_schema = 'public' ORDER BY 1, 2`,
  );
  return rows;
}

/** `prisma migrate deploy`, which is this engine. */
async function deploy(): Promise<string[]> {
  const engine = await openEngine(database.ownerUrl);
  return engine.apply(readMigrations()).finally(() => engine.close());
}

describe('what `prisma migrate deploy` keeps and what we keep is the same', () => {
  it('a database that it made goes on with us', async () => {
    await empty();
    await deploy();
    const made = [await history(), await shape()];
    expect(await migrate({ ownerUrl: database.ownerUrl, appUrl: database.url })).toEqual({ applied: [] });
    expect([await history(), await shape()]).toEqual(made);
  });

  it('a database that we made goes on with it, and is the same', async () => {
    await empty();
    await deploy();
    const made = [await history(), await shape()];
    await empty();
    await migrate({ ownerUrl: database.ownerUrl, appUrl: database.url });
    expect([await history(), await shape()]).toEqual(made);
    expect(await deploy()).toEqual([]);
  });
});

it('the schema and the migrations agree', async () => {
  const sql = await schemaDifference();
  expect(isEmpty(sql), `Run new-migration: ${sql}`).toBe(true);
});

describe('a migration that did not end', () => {
  const begun = (rolledBack: string) => `
    INSERT INTO _prisma_migrations (id, checksum, migration_name, logs, started_at, rolled_back_at)
    SELECT 'left', checksum, migration_name, 'ERROR: it went wrong' || chr(10) || 'at length', '2026-11-01 10:00Z', ${rolledBack}
      FROM _prisma_migrations ORDER BY migration_name LIMIT 1`;

  it('is refused, and explained with its reason and what to do', async () => {
    await owner.query(begun('NULL'));
    await expect(migrate({ ownerUrl: database.ownerUrl })).rejects.toThrow(
      /20261122000000_init was begun at 2026-11-01T10:00:00.000Z and did not end: ERROR: it went wrong\. Nothing was changed; check whether/,
    );
  });

  it('is history once it is marked as rolled back', async () => {
    await owner.query(begun('now()'));
    expect(await migrate({ ownerUrl: database.ownerUrl })).toEqual({ applied: [] });
  });

  it('is applied anew where its row says that it was rolled back', async () => {
    await empty();
    const { baseDir, entries } = readMigrations();
    const broken = { baseDir, entries: [{ name: entries[0]?.name ?? '', sql: 'SELECT no_such_function()' }] };
    await expect(migrate({ ownerUrl: database.ownerUrl, migrations: broken })).rejects.toThrow('no_such_function');
    expect(await history()).toEqual([]);
    const { applied } = await migrate({ ownerUrl: database.ownerUrl });
    expect(applied).toEqual(entries.map(({ name }) => name));
  });
});

describe('the lock', () => {
  it('is waited for, and then it is said who holds it and since when', async () => {
    const other = new pg.Client({
      connectionString: database.ownerUrl,
      application_name: 'keyward-migrate elsewhere 77',
    });
    await other.connect();
    await other.query('SELECT pg_advisory_lock(7239114530)');
    await expect(migrate({ ownerUrl: database.ownerUrl, lockWaitMs: 100 })).rejects.toThrow(
      /Another migration is running: "keyward-migrate elsewhere 77", as keyward_owner from 127\.0\.0\.1, PostgreSQL process \d+, holds its lock since \d{4}-\d\d-\d\dT/,
    );
    const waiting = migrate({ ownerUrl: database.ownerUrl });
    await other.end();
    expect(await waiting).toEqual({ applied: [] });
  });
});

describe('a database that cannot be migrated', () => {
  it('through a transaction pooler, where its lock would hold nothing', async () => {
    const pooler = await startTransactionPooler(database.ownerUrl);
    await expect(migrate({ ownerUrl: pooler.url })).rejects.toThrow(
      /^DATABASE_OWNER_URL leads through a transaction pooler/,
    );
    await pooler.close();
  });

  it.each([
    ['a wrong password', { password: 'canary' }, /refuses the user or the password in DATABASE_OWNER_URL/],
    ['a missing database', { pathname: '/not_there' }, /DATABASE_OWNER_URL names does not exist/],
    ['a closed port', { port: '1' }, /does not answer/],
  ])('%s has its sentence', async (_what, change, sentence) => {
    const url = Object.assign(new URL(database.ownerUrl), change);
    const error = await migrate({ ownerUrl: url.href }).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ name: 'MigrationRefused', message: expect.stringMatching(sentence) });
    expect(String(error)).not.toContain('canary');
  });
});
