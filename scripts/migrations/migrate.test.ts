import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#lib/db/testing/test-database.ts';
import { readMigrations } from './folder.ts';
import { migrate } from './migrate.ts';

let database: TestDatabase;
let owner: pg.Client;
let app: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = new pg.Client({ connectionString: database.ownerUrl });
  app = new pg.Client({ connectionString: database.url });
  await owner.connect();
  await app.connect();
});

afterAll(async () => {
  await owner.end();
  await app.end();
  await database.drop();
});

/** Everything that a migration could change: tables, columns, rights, and the two histories. */
async function snapshot(): Promise<unknown> {
  const queries = [
    `SELECT table_schema, table_name, column_name, data_type FROM information_schema.columns WHERE table_schema IN ('public', 'pgboss') ORDER BY 1, 2, 3`,
    `SELECT table_schema, table_name, grantee, privilege_type FROM information_schema.table_privileges WHERE table_schema IN ('public', 'pgboss') ORDER BY 1, 2, 3, 4`,
    'SELECT migration_name, checksum, finished_at FROM _prisma_migrations ORDER BY 1',
    'SELECT version FROM pgboss.version',
  ];
  const answers = [];
  for (const query of queries) answers.push((await owner.query(query)).rows);
  return answers;
}

describe('migrate', () => {
  it('has nothing to do the second time', async () => {
    const before = await snapshot();
    const result = await migrate({ ownerUrl: database.ownerUrl, appUrl: database.url });
    expect(result.applied).toEqual([]);
    expect(await snapshot()).toEqual(before);
  });

  it('adds the providers that this version knows, and takes none away', async () => {
    const known = async () => (await owner.query<{ id: string }>('SELECT id FROM provider ORDER BY id')).rows;
    await owner.query(`INSERT INTO provider (id) VALUES ('of-another-version')`);
    await owner.query(`DELETE FROM provider WHERE id = 'aws'`);
    await migrate({ ownerUrl: database.ownerUrl, appUrl: database.url });
    expect(await known()).toEqual([{ id: 'aws' }, { id: 'of-another-version' }]);
    await owner.query(`DELETE FROM provider WHERE id = 'of-another-version'`);
  });

  it('lets two at once take turns', async () => {
    const both = { ownerUrl: database.ownerUrl, appUrl: database.url };
    expect(await Promise.all([migrate(both), migrate(both)])).toEqual([{ applied: [] }, { applied: [] }]);
  });

  it('applies a new migration whole, function bodies and comments with semicolons included', async () => {
    const { baseDir, entries } = readMigrations();
    const sql = [
      '-- a comment; with a semicolon',
      'CREATE TABLE later (id int);',
      'CREATE FUNCTION twice(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN n := n * 2; RETURN n; END $$;',
    ].join('\n');
    const clone = await createTestDatabase();
    const migrations = { baseDir, entries: [...entries, { name: '29990101000000_later', sql }] };
    const result = await migrate({ ownerUrl: clone.ownerUrl, appUrl: clone.url, migrations });
    expect(result.applied).toEqual(['29990101000000_later']);
    const client = new pg.Client({ connectionString: clone.ownerUrl });
    await client.connect();
    expect((await client.query('SELECT twice(21) AS answer, (SELECT count(*) FROM later) AS rows')).rows).toEqual([
      { answer: 42, rows: '0' },
    ]);
    await client.end();
    await clone.drop();
  });

  it('leaves nothing behind of a migration that fails, and applies it once it is fixed', async () => {
    const clone = await createTestDatabase();
    const { baseDir, entries } = readMigrations();
    const sql = 'CREATE TABLE half (id int);\nSELECT no_such_function();';
    const migrations = { baseDir, entries: [...entries, { name: '29990101000000_broken', sql }] };
    await expect(migrate({ ownerUrl: clone.ownerUrl, migrations })).rejects.toThrow('no_such_function');
    const client = new pg.Client({ connectionString: clone.ownerUrl });
    await client.connect();
    expect((await client.query("SELECT to_regclass('half') AS half")).rows).toEqual([{ half: null }]);
    const fixed = [...entries, { name: '29990101000000_broken', sql: 'CREATE TABLE half (id int);' }];
    const result = await migrate({ ownerUrl: clone.ownerUrl, migrations: { baseDir, entries: fixed } });
    expect(result.applied).toEqual(['29990101000000_broken']);
    await client.end();
    await clone.drop();
  });
});

it('says in one sentence that the role is not the one that owns the database', async () => {
  const clone = await createTestDatabase();
  const { baseDir, entries } = readMigrations();
  const migrations = {
    baseDir,
    entries: [...entries, { name: '29990101000000_later', sql: 'CREATE TABLE later (id int);' }],
  };
  await expect(migrate({ ownerUrl: clone.url, migrations })).rejects.toThrow(
    /DATABASE_OWNER_URL may not change .* Nothing was changed\./,
  );
  await clone.drop();
});

describe('a database of a newer version', () => {
  it('is refused when it holds migrations that this version does not know, with nothing touched', async () => {
    const { baseDir, entries } = readMigrations();
    const before = await snapshot();
    const older = { baseDir, entries: entries.slice(0, -1) };
    await expect(migrate({ ownerUrl: database.ownerUrl, appUrl: database.url, migrations: older })).rejects.toThrow(
      /newer version of Keyward.*Nothing was changed/,
    );
    expect(await snapshot()).toEqual(before);
  });

  it('is refused when its job tables are newer', async () => {
    const clone = await createTestDatabase();
    const client = new pg.Client({ connectionString: clone.ownerUrl });
    await client.connect();
    await client.query('UPDATE pgboss.version SET version = version + 1');
    await client.end();
    await expect(migrate({ ownerUrl: clone.ownerUrl })).rejects.toThrow(/job tables have version/);
    await clone.drop();
  });

  it('is refused when a migration had another text', async () => {
    const { baseDir, entries } = readMigrations();
    const other = { baseDir, entries: entries.map(({ name, sql }) => ({ name, sql: `${sql}\n` })) };
    await expect(migrate({ ownerUrl: database.ownerUrl, migrations: other })).rejects.toThrow(/other texts/);
  });
});

describe("the application's role", () => {
  it.each([
    ['change an audit event', 'UPDATE audit_event SET id = id'],
    ['remove audit events', 'DELETE FROM audit_event'],
    ['empty the audit', 'TRUNCATE audit_event'],
    ['empty a table', 'TRUNCATE installation'],
    ['forge the history', 'DELETE FROM _prisma_migrations'],
    ['make a table', 'CREATE TABLE mine (id int)'],
    ['remove a table', 'DROP TABLE installation'],
    ['make a table among the jobs', 'CREATE TABLE pgboss.mine (id int)'],
    ['make a temporary table', 'CREATE TEMPORARY TABLE mine (id int)'],
    ['make a schema', 'CREATE SCHEMA mine'],
    ['remove a tenant', 'DELETE FROM tenant'],
    ['remove a person', 'DELETE FROM "user"'],
    ['remove a record', 'DELETE FROM app_record'],
    ['change a test report', 'UPDATE test_report SET passed = true'],
  ])('cannot %s', async (_what, statement) => {
    await expect(app.query(statement)).rejects.toThrow(/permission denied|must be owner/);
  });

  it('reads and adds audit events, and uses the job tables', async () => {
    const { rows } = await app.query(
      "SELECT has_table_privilege('audit_event', 'SELECT') AND has_table_privilege('audit_event', 'INSERT') AS audit, has_table_privilege('pgboss.job', 'SELECT, INSERT, UPDATE, DELETE') AS jobs",
    );
    expect(rows).toEqual([{ audit: true, jobs: true }]);
  });

  it('is refused with a sentence when it does not exist', async () => {
    const appUrl = database.url.replace('keyward_app', 'nobody_here');
    await expect(migrate({ ownerUrl: database.ownerUrl, appUrl })).rejects.toThrow('The role "nobody_here"');
  });
});
