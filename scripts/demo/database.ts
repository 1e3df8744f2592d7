import pg from 'pg';
import { databaseTlsProblem } from '#lib/config/database-tls.ts';
import { explainConnection } from '#lib/db/explain-connection.ts';
import { migrate } from '../migrations/migrate.ts';
import { type DatabaseUrls, ensureRoles, type RolePasswords } from '../postgres/roles.ts';
import { startPostgres } from '../postgres/server.ts';
import { Refusal } from '../refusal.ts';

export interface DemoDatabase extends DatabaseUrls {
  /** Ends the embedded server; does nothing where the database is somebody's own. */
  stop(): Promise<void>;
}

export interface OpenDatabase {
  folder: string;
  passwords: RolePasswords;
  env: NodeJS.ProcessEnv;
}

/**
 * Starts the embedded PostgreSQL, or takes the one that DATABASE_URL names, brings it to this version and marks it as the demo's.
 * Throws with nothing touched where a database of one's own is neither empty nor marked, or is of a newer version.
 */
export async function openDemoDatabase({ folder, passwords, env }: OpenDatabase): Promise<DemoDatabase> {
  if (env.DATABASE_URL?.trim()) {
    const appUrl = env.DATABASE_URL.trim();
    const ownerUrl = env.DATABASE_OWNER_URL?.trim() || appUrl;
    const unverifiedAllowed = env.KEYWARD_DATABASE_TLS?.trim() === 'unverified';
    for (const [name, url] of Object.entries({ DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl })) {
      const problem = databaseTlsProblem(url, unverifiedAllowed);
      if (problem) throw new Refusal(`${name} ${problem}. Nothing was changed.`);
    }
    await prepare({ appUrl, ownerUrl });
    return { appUrl, ownerUrl, stop: async () => undefined };
  }
  const server = await startPostgres({ dataDir: folder });
  try {
    const urls = await ensureRoles(server.superuserUrl, passwords, 'keyward');
    await prepare(urls);
    return { ...urls, stop: () => server.stop() };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function prepare(urls: DatabaseUrls): Promise<void> {
  const client = new pg.Client({ connectionString: urls.ownerUrl, connectionTimeoutMillis: 5000 });
  try {
    await client.connect();
  } catch (error) {
    await client.end().catch(() => undefined);
    const sentence = explainConnection(error, 'DATABASE_URL (or DATABASE_OWNER_URL)');
    throw new Refusal(
      `${sentence ?? 'The database that DATABASE_URL (or DATABASE_OWNER_URL) names cannot be used.'} Nothing was changed.`,
      { cause: error },
    );
  }
  try {
    await refuseUnmarked(client);
    await migrate(urls);
    await client.query('INSERT INTO installation (id, demo) VALUES (1, true) ON CONFLICT (id) DO NOTHING');
  } finally {
    await client.end();
  }
}

/** Tables of ours without anybody in them are what a start leaves that was killed before it could set its mark. */
async function refuseUnmarked(client: pg.Client): Promise<void> {
  const tables = await one<{ count: number }>(
    client,
    `SELECT count(*)::int AS count FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  if (tables?.count === 0) return;
  const ours = await one<{ found: boolean }>(
    client,
    `SELECT to_regclass('public.installation') IS NOT NULL AND to_regclass('public.tenant') IS NOT NULL AND to_regclass('public."user"') IS NOT NULL AS found`,
  );
  if (ours?.found) {
    const mark = await one<{ demo: boolean }>(client, 'SELECT demo FROM installation WHERE id = 1');
    const people = await one<{ count: number }>(
      client,
      'SELECT (SELECT count(*) FROM "user")::int + (SELECT count(*) FROM tenant)::int AS count',
    );
    if (mark?.demo || (!mark && people?.count === 0)) return;
  }
  throw new Refusal(
    'The database that DATABASE_URL names is not empty and does not belong to a demo. Choose an empty one. Nothing was changed.',
  );
}

async function one<Row extends pg.QueryResultRow>(client: pg.Client, query: string): Promise<Row | undefined> {
  return (await client.query<Row>(query)).rows[0];
}
