import type { ClientBase } from 'pg';
import { checksumOf, compareSchema, explainStanding } from '#lib/db/migration-history.ts';
import type { Migrations } from './folder.ts';
import { jobsSchema, jobsSchemaVersion } from './jobs-schema.ts';

/** A database that this version must not touch; the message is a sentence for whoever started us. */
export class MigrationRefused extends Error {
  override name = 'MigrationRefused';
}

/** Throws `MigrationRefused` when the database has seen migrations that this version does not know, or knows otherwise. */
export async function refuseStrangeHistory(client: ClientBase, { entries }: Migrations): Promise<void> {
  const known = entries.map(({ name, sql }) => ({ name, checksum: checksumOf(sql) }));
  const standing = await compareSchema(client, known);
  if (standing.kind !== 'same' && standing.kind !== 'database-older')
    throw new MigrationRefused(`${explainStanding(standing)} Nothing was changed; ${nextStep[standing.kind]}`);
  const jobs = await readJobsVersion(client);
  if (jobs !== undefined && jobs > jobsSchemaVersion()) {
    throw new MigrationRefused(
      `The database belongs to a newer version of Keyward: its job tables have version ${jobs}, and this one knows ${jobsSchemaVersion()}. Nothing was changed; start the newer version.`,
    );
  }
}

const nextStep = {
  'code-older': 'start the newer version.',
  edited: 'take a new database, or the version that made this one.',
  unfinished:
    'check whether what it creates exists. If nothing does, set rolled_back_at in its row of _prisma_migrations (prisma migrate resolve --rolled-back). If all of it does, set finished_at (--applied). Then run this again.',
} as const;

async function readJobsVersion(client: ClientBase): Promise<number | undefined> {
  const { rows: found } = await client.query<{ found: boolean }>('SELECT to_regclass($1) IS NOT NULL AS found', [
    `${jobsSchema}.version`,
  ]);
  if (!found[0]?.found) return undefined;
  const { rows } = await client.query<{ version: number }>(`SELECT version FROM ${jobsSchema}.version`);
  return rows[0]?.version;
}
