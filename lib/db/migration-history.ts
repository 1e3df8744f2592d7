import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClientBase } from 'pg';

/** A migration of this version's code: its folder's name, and the checksum that Prisma keeps of its text. */
export type KnownMigration = { name: string; checksum: string };

/** How a database's history stands to the migrations that the code knows. */
export type SchemaStanding =
  | { kind: 'same' }
  | { kind: 'database-older'; missing: string[] }
  | { kind: 'code-older'; unknown: string[] }
  | { kind: 'edited'; names: string[] }
  | { kind: 'unfinished'; name: string; startedAt: Date; logs: string };

type HistoryRow = {
  name: string;
  checksum: string;
  startedAt: Date;
  finishedAt: Date | null;
  rolledBackAt: Date | null;
  logs: string | null;
};

/**
 * The migrations that lie in the project's folder; every process of Keyward works in the project's folder. The build is told not
 * to take along what may be read here.
 */
export function knownMigrations(baseDir: string = join(process.cwd(), 'prisma', 'migrations')): KnownMigration[] {
  return readdirSync(/* turbopackIgnore: true */ baseDir)
    .sort()
    .flatMap((name) => {
      const file = join(baseDir, name, 'migration.sql');
      if (!existsSync(/* turbopackIgnore: true */ file)) return [];
      return [{ name, checksum: checksumOf(readFileSync(/* turbopackIgnore: true */ file, 'utf8')) }];
    });
}

/** The checksum that `prisma migrate deploy` keeps, and compares. */
export function checksumOf(sql: string): string {
  return createHash('sha256').update(sql).digest('hex');
}

/** Compares what a database says was applied to it with what the code knows. Reads only. */
export async function compareSchema(client: ClientBase, known: readonly KnownMigration[]): Promise<SchemaStanding> {
  const rows = (await readRows(client)).filter(({ rolledBackAt }) => rolledBackAt === null);
  const sums = new Map(known.map(({ name, checksum }) => [name, checksum]));
  const unknown = rows.filter(({ name }) => !sums.has(name)).map(({ name }) => name);
  if (unknown.length > 0) return { kind: 'code-older', unknown };
  const unfinished = rows.find(({ finishedAt }) => finishedAt === null);
  if (unfinished) {
    const { name, startedAt, logs } = unfinished;
    return { kind: 'unfinished', name, startedAt, logs: logs ?? '' };
  }
  const edited = rows.filter(({ name, checksum }) => sums.get(name) !== checksum).map(({ name }) => name);
  if (edited.length > 0) return { kind: 'edited', names: edited };
  const applied = new Set(rows.map(({ name }) => name));
  const missing = known.filter(({ name }) => !applied.has(name)).map(({ name }) => name);
  return missing.length > 0 ? { kind: 'database-older', missing } : { kind: 'same' };
}

/** Why a process or a migration does not go on with such a database, without what is to be done. */
export function explainStanding(standing: Exclude<SchemaStanding, { kind: 'same' }>): string {
  switch (standing.kind) {
    case 'database-older':
      return `The database is older than this version of Keyward: ${standing.missing.join(', ')} not applied.`;
    case 'code-older':
      return `The database is of a newer version of Keyward than this one: it holds ${standing.unknown.join(', ')}.`;
    case 'edited':
      return `The database was made by other texts of these migrations: ${standing.names.join(', ')}.`;
    case 'unfinished':
      return `The migration ${standing.name} was begun at ${standing.startedAt.toISOString()} and did not end${standing.logs ? `: ${firstLine(standing.logs)}` : ''}.`;
  }
}

async function readRows(client: ClientBase): Promise<HistoryRow[]> {
  const { rows: found } = await client.query<{ found: boolean }>(
    `SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS found`,
  );
  if (!found[0]?.found) return [];
  const { rows } = await client.query<HistoryRow>(
    `SELECT migration_name AS name, checksum, started_at AS "startedAt", finished_at AS "finishedAt",
            rolled_back_at AS "rolledBackAt", logs
       FROM public._prisma_migrations ORDER BY started_at, migration_name`,
  );
  return rows;
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}
