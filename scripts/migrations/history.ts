import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import type { Migrations } from './folder.ts';
import { jobsSchema, jobsSchemaVersion } from './jobs-schema.ts';

/** A database that this version must not touch; the message is a sentence for whoever started us. */
export class MigrationRefused extends Error {
  override name = 'MigrationRefused';
}

/** Throws `MigrationRefused` when the database has seen migrations that this version does not know, or knows otherwise. */
export async function refuseStrangeHistory(client: ClientBase, { entries }: Migrations): Promise<void> {
  const known = new Map(entries.map(({ name, sql }) => [name, checksum(sql)]));
  const history = await readHistory(client);
  const unknown = history.filter(({ name }) => !known.has(name));
  if (unknown.length > 0) {
    throw new MigrationRefused(
      `The database is of a newer version of Keyward than this one: it holds ${unknown.map(({ name }) => name).join(', ')}. Nothing was changed; start the newer version.`,
    );
  }
  const edited = history.filter(({ name, sum }) => known.get(name) !== sum);
  if (edited.length > 0) {
    throw new MigrationRefused(
      `The database was made by other texts of these migrations: ${edited.map(({ name }) => name).join(', ')}. Nothing was changed; take a new database, or the version that made this one.`,
    );
  }
  const jobs = await readJobsVersion(client);
  if (jobs !== undefined && jobs > jobsSchemaVersion()) {
    throw new MigrationRefused(
      `The database is of a newer version of Keyward than this one: its job tables have version ${jobs}, this one knows ${jobsSchemaVersion()}. Nothing was changed; start the newer version.`,
    );
  }
}

/** Prisma's checksum of a migration. */
function checksum(sql: string): string {
  return createHash('sha256').update(sql).digest('hex');
}

async function readHistory(client: ClientBase): Promise<{ name: string; sum: string }[]> {
  if (!(await exists(client, 'public._prisma_migrations'))) return [];
  const { rows } = await client.query<{ name: string; sum: string }>(
    'SELECT migration_name AS name, checksum AS sum FROM public._prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name',
  );
  return rows;
}

async function readJobsVersion(client: ClientBase): Promise<number | undefined> {
  if (!(await exists(client, `${jobsSchema}.version`))) return undefined;
  const { rows } = await client.query<{ version: number }>(`SELECT version FROM ${jobsSchema}.version`);
  return rows[0]?.version;
}

async function exists(client: ClientBase, table: string): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>('SELECT to_regclass($1) IS NOT NULL AS found', [table]);
  return rows[0]?.found === true;
}
