import 'server-only';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { explainConnection } from './explain-connection.ts';
import { compareSchema, explainStanding, type KnownMigration, knownMigrations } from './migration-history.ts';
import { tableRights } from './table-rights.ts';

/** This database, or the way to it, is not fit for a process of Keyward; the message is a sentence for whoever starts it. */
export class DatabaseRefused extends Error {
  override name = 'DatabaseRefused';
}

export type CheckDatabase = {
  /** Connects as the application's role. */
  url: string;
  /** Whether the owner of the tables may be that role: a demo on somebody's own database has one role alone. */
  ownerMayServe?: boolean;
  /** This version's migrations; others for tests. */
  known?: readonly KnownMigration[];
  answersWithinMs?: number;
};

/** The oldest PostgreSQL that migrations and stores are tested on. */
const leastVersion = 15;

/**
 * Throws `DatabaseRefused` where DATABASE_URL cannot be reached, leads through a transaction pooler, connects as the owner of
 * the tables or as a superuser, or where the database is of another version than the code.
 * @returns what the role may do beyond what it must, in sentences: no reason not to start, but to be told
 */
export async function checkDatabase({
  url,
  ownerMayServe = false,
  known = knownMigrations(),
  answersWithinMs = 5_000,
}: CheckDatabase): Promise<string[]> {
  const [first, second] = [connectionTo(url, answersWithinMs), connectionTo(url, answersWithinMs)];
  try {
    await first.connect();
    await second.connect();
    await refuseOldServer(first);
    if (await leadsThroughPooler(first, second))
      throw new DatabaseRefused(`${poolerSentence('DATABASE_URL')} Nothing was started.`);
    await refuseOtherVersion(first, known);
    const role = await readRole(first);
    if (ownerMayServe) return [];
    if (role.superuser || role.owns)
      throw new DatabaseRefused(
        `DATABASE_URL connects as "${role.name}", which ${role.superuser ? 'is a superuser' : 'owns the tables'}: it must be the application's own role, which owns nothing. Put the owner into DATABASE_OWNER_URL. Nothing was started.`,
      );
    return [...excessOf(role), ...(await excessOnTables(first))];
  } catch (error) {
    if (error instanceof DatabaseRefused) throw error;
    const sentence = explainConnection(error, 'DATABASE_URL');
    throw new DatabaseRefused(
      `${sentence ?? `The database that DATABASE_URL names cannot be used${codeOf(error)}.`} Nothing was started.`,
      { cause: error },
    );
  } finally {
    await Promise.all([first.end().catch(() => undefined), second.end().catch(() => undefined)]);
  }
}

function connectionTo(url: string, answersWithinMs: number): pg.Client {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'keyward-check',
    connectionTimeoutMillis: answersWithinMs,
    query_timeout: answersWithinMs,
  });
  client.on('error', () => undefined);
  return client;
}

async function refuseOldServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: number; version: string }>(
    `SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS version`,
  );
  const [server] = rows;
  if (server && server.number < leastVersion * 10_000)
    throw new DatabaseRefused(
      `The database is PostgreSQL ${server.version}; Keyward needs ${leastVersion} or newer. Nothing was started.`,
    );
}

const poolerRounds = 4;

/**
 * A pooler that hands connections on between transactions shows: two clients are served by one backend, or one client's backend
 * changes while the other holds a transaction. LISTEN and advisory locks, which belong to a session, would silently fail there.
 */
export async function leadsThroughPooler(first: pg.Client, second: pg.Client): Promise<boolean> {
  for (let round = 0; round < poolerRounds; round += 1) {
    const before = await backendOf(first);
    try {
      await second.query('BEGIN');
    } catch (error) {
      // A pooler that hands on between statements allows no transaction at all.
      if (explainConnection(error, 'DATABASE_URL')) throw error;
      return true;
    }
    try {
      if ((await backendOf(second)) === before || (await backendOf(first)) !== before) return true;
    } finally {
      await second.query('ROLLBACK').catch(() => undefined);
    }
  }
  return false;
}

export function poolerSentence(variable: string): string {
  return `${variable} leads through a transaction pooler. Keyward needs LISTEN and session locks, which do not work through it. Connect to the database itself, or to a pool in session mode.`;
}

async function backendOf(client: pg.Client): Promise<number | undefined> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return rows[0]?.pid;
}

async function refuseOtherVersion(client: pg.Client, known: readonly KnownMigration[]): Promise<void> {
  const standing = await compareSchema(client, known).catch((error: unknown) => {
    throw codeOf(error).includes('42501')
      ? new DatabaseRefused('The role in DATABASE_URL has no rights here: run `npm run migrate`. Nothing was started.')
      : error;
  });
  if (standing.kind !== 'same')
    throw new DatabaseRefused(`${explainStanding(standing)} ${nextStep[standing.kind]} Nothing was started.`);
  await refuseOtherJobTables(client);
}

/** The job library's tables have a version of their own, which its package knows. */
async function refuseOtherJobTables(client: pg.Client): Promise<void> {
  const file = join(process.cwd(), 'node_modules', 'pg-boss', 'package.json');
  const { pgboss } = JSON.parse(readFileSync(/* turbopackIgnore: true */ file, 'utf8')) as {
    pgboss: { schema: number };
  };
  const { rows } = await client.query<{ version: number }>('SELECT version FROM pgboss.version');
  const there = rows[0]?.version ?? 0;
  if (there === pgboss.schema) return;
  const [older, next] =
    there < pgboss.schema
      ? ['The job tables of the database are older than this version of Keyward', nextStep['database-older']]
      : ['The job tables of the database belong to a newer version of Keyward', nextStep['code-older']];
  throw new DatabaseRefused(`${older}: ${there}, and not ${pgboss.schema}. ${next} Nothing was started.`);
}

const nextStep = {
  'database-older': 'Run `npm run migrate`, then start.',
  'code-older': 'Start the newer version.',
  edited: 'Start the version that made it.',
  unfinished: 'Run `npm run migrate`, which says what to do.',
} as const;

type Role = {
  name: string;
  superuser: boolean;
  owns: boolean;
  bypassesRows: boolean;
  makesRoles: boolean;
  makesDatabases: boolean;
  replicates: boolean;
  makesSchemas: boolean;
  makesTables: boolean;
  makesTemporary: boolean;
};

async function readRole(client: pg.Client): Promise<Role> {
  const { rows } = await client.query<Role>(
    `SELECT current_user AS name, rolsuper AS superuser, rolbypassrls AS "bypassesRows", rolcreaterole AS "makesRoles",
            rolcreatedb AS "makesDatabases", rolreplication AS replicates,
            has_database_privilege(current_database(), 'CREATE') AS "makesSchemas",
            has_schema_privilege('public', 'CREATE') AS "makesTables",
            has_database_privilege(current_database(), 'TEMPORARY') AS "makesTemporary",
            EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                     WHERE n.nspname IN ('public', 'pgboss') AND c.relkind IN ('r', 'p') AND pg_has_role(c.relowner, 'USAGE')) AS owns
       FROM pg_roles WHERE rolname = current_user`,
  );
  const [role] = rows;
  if (!role) throw new Error('PostgreSQL does not show the role that is connected.');
  return role;
}

function excessOf(role: Role): string[] {
  const excess: [boolean, string][] = [
    [role.bypassesRows, 'pass row security (NOBYPASSRLS)'],
    [role.makesRoles, 'make roles (NOCREATEROLE)'],
    [role.makesDatabases, 'make databases (NOCREATEDB)'],
    [role.replicates, 'replicate the server (NOREPLICATION)'],
    [role.makesSchemas, 'make schemas in this database (REVOKE CREATE ON DATABASE)'],
    [role.makesTables, 'make tables in the schema public (REVOKE CREATE ON SCHEMA public)'],
    [role.makesTemporary, 'make temporary tables (REVOKE TEMPORARY ON DATABASE)'],
  ];
  return excess.flatMap(([may, what]) => (may ? [`The role in DATABASE_URL may ${what}, but does not need to.`] : []));
}

/** Beyond what the stores need: with it, whoever takes over a process could rewrite the history. */
async function excessOnTables(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; rights: string[] }>(
    `SELECT c.relname AS name, array_agg(p.name ORDER BY p.at) AS rights
       FROM pg_class c,
            unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) WITH ORDINALITY AS p(name, at)
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND has_table_privilege(c.oid, p.name)
      GROUP BY 1 ORDER BY 1`,
  );
  const excess = rows.flatMap(({ name, rights }) => {
    const more = rights.filter((right) => !tableRights[name]?.includes(right));
    return more.length > 0 ? [`${more.join(', ')} on ${name}`] : [];
  });
  if (excess.length === 0) return [];
  return [
    `The role in DATABASE_URL has more rights on tables than it needs: ${excess.join('; ')}. \`npm run migrate\` takes this back.`,
  ];
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
}
