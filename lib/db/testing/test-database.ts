/**
 * Databases for tests: each a clone of the migrated template (20 to 40 ms), of its own, on a real PostgreSQL.
 */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { databaseUrls } from '../../../scripts/postgres/roles.ts';
import { startTestServer, type TestServerAddress } from './test-server.ts';

export interface TestDatabase {
  /** As the application's restricted role. */
  url: string;
  /** As the owner of the tables. */
  ownerUrl: string;
  /** What the application's role may not do, and a test needs. */
  asOwner(statement: string, values?: unknown[]): Promise<void>;
  /** Closes every connection to the database and removes it. */
  drop(): Promise<void>;
}

export interface TestDatabaseServer extends TestDatabase {
  /** Ends the server, as an outage would. Only this database lives on it. */
  stopServer(): Promise<void>;
  /** Starts it again at the same URL, with its data. */
  startServer(): Promise<void>;
}

/** A database with this version's tables and nothing in them. Call `drop()` when the file's tests are over. */
export async function createTestDatabase(): Promise<TestDatabase> {
  return create(await serverAddress());
}

/** The same on a server of its own (about a second), for tests in which the database goes away. `drop()` ends it. */
export async function createTestDatabaseServer(): Promise<TestDatabaseServer> {
  const server = await startTestServer();
  const database = await create(await server.address());
  return {
    ...database,
    drop: () => server.remove(),
    stopServer: () => server.halt(),
    startServer: () => server.resume(),
  };
}

/** A database with nothing in it at all, not even tables. `superuserUrl` is for what no role of ours may do. */
export async function createEmptyTestDatabase(): Promise<TestDatabase & { superuserUrl: string }> {
  const { superuserUrl, passwords } = await serverAddress();
  const database = await create({ superuserUrl, passwords, template: 'template0' });
  const url = new URL(superuserUrl);
  url.pathname = new URL(database.url).pathname;
  return { ...database, superuserUrl: url.href };
}

async function serverAddress(): Promise<TestServerAddress> {
  const response = await fetch(inject('testDatabaseBroker'));
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as TestServerAddress;
}

async function create({ superuserUrl, passwords, template }: TestServerAddress): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await runAs(superuserUrl, `CREATE DATABASE ${name} TEMPLATE ${template} OWNER keyward_owner`);
  // What a database allows to all is not copied with it.
  await runAs(superuserUrl, `REVOKE TEMPORARY ON DATABASE ${name} FROM PUBLIC`);
  const { appUrl, ownerUrl } = databaseUrls(superuserUrl, passwords, name);
  return {
    url: appUrl,
    ownerUrl,
    asOwner: (statement, values) => runAs(ownerUrl, statement, values),
    drop: () => runAs(superuserUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function runAs(url: string, statement: string, values?: unknown[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement, values).finally(() => client.end());
}
