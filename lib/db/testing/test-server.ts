/**
 * The PostgreSQL of one test run: started when the first test asks for it, with a template database that holds this
 * version's tables, which every test file gets a clone of.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { readMigrations } from '../../../scripts/migrations/folder.ts';
import { migrate } from '../../../scripts/migrations/migrate.ts';
import { databaseUrls, ensureRoles, type RolePasswords, randomRolePasswords } from '../../../scripts/postgres/roles.ts';
import { type RunningPostgres, startPostgres } from '../../../scripts/postgres/server.ts';

/** What a test process has to know to make databases of its own. */
export interface TestServerAddress {
  superuserUrl: string;
  passwords: RolePasswords;
  /** The name of the template database for the migrations as they are now. */
  template: string;
}

export interface TestServer {
  /** Answers with a template of the migrations as they lie in the folder at this moment. */
  address(): Promise<TestServerAddress>;
  /** Ends the server process, as a crash or an upgrade would; its data stays. */
  halt(): Promise<void>;
  /** Starts it again, on the same port. */
  resume(): Promise<void>;
  /** Ends the server and removes its folder. */
  remove(): Promise<void>;
}

export async function startTestServer(): Promise<TestServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'keyward-test-'));
  let server: RunningPostgres = await startPostgres({ dataDir, durable: false });
  const passwords = randomRolePasswords();
  await ensureRoles(server.superuserUrl, passwords);
  const templates = new Map<string, Promise<void>>();
  return {
    address: async () => {
      const template = `template_${fingerprint()}`;
      const ready = templates.get(template) ?? makeTemplate(server.superuserUrl, passwords, template);
      templates.set(template, ready);
      await ready;
      return { superuserUrl: server.superuserUrl, passwords, template };
    },
    halt: () => server.stop(),
    resume: async () => {
      server = await startPostgres({ dataDir, durable: false, port: server.port });
    },
    remove: async () => {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function makeTemplate(superuserUrl: string, passwords: RolePasswords, template: string): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  await client.query(`CREATE DATABASE ${template} OWNER keyward_owner`).finally(() => client.end());
  await migrate(databaseUrls(superuserUrl, passwords, template));
}

function fingerprint(): string {
  const hash = createHash('sha256');
  for (const { name, sql } of readMigrations().entries) hash.update(`${name}\0${sql}\0`);
  return hash.digest('hex').slice(0, 16);
}
