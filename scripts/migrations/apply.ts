import { randomUUID } from 'node:crypto';
import type { ClientBase } from 'pg';
import { MigrationError, Umzug, type UmzugStorage } from 'umzug';
import { checksumOf } from '#lib/db/migration-history.ts';
import type { Migrations } from './folder.ts';

/**
 * Applies what is missing, in order, and answers the names. A migration and its row in `_prisma_migrations` are one
 * transaction: of one that fails nothing is kept, and PostgreSQL's own error is thrown. The table and its checksums are
 * Prisma's, so `prisma migrate deploy` reads the same history.
 */
export async function applyMigrations(owner: ClientBase, { entries }: Migrations): Promise<string[]> {
  await owner.query(historyTable);
  const sums = new Map(entries.map(({ name, sql }) => [name, checksumOf(sql)]));
  const runner = new Umzug<ClientBase>({
    migrations: entries.map(({ name, sql }) => ({ name, up: () => begin(owner, sql) })),
    context: owner,
    storage: storageOver(owner, sums),
    logger: undefined,
  });
  try {
    return (await runner.up()).map(({ name }) => name);
  } catch (error) {
    await owner.query('ROLLBACK').catch(() => undefined);
    throw error instanceof MigrationError && error.cause ? error.cause : error;
  }
}

/** As Prisma makes it: https://github.com/prisma/prisma-engines, the PostgreSQL flavour of its migration persistence. */
const historyTable = `
  CREATE TABLE IF NOT EXISTS public._prisma_migrations (
    id                  VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum            VARCHAR(64) NOT NULL,
    finished_at         TIMESTAMPTZ,
    migration_name      VARCHAR(255) NOT NULL,
    logs                TEXT,
    rolled_back_at      TIMESTAMPTZ,
    started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`;

/** The script is sent whole, function bodies and comments with semicolons included. */
async function begin(owner: ClientBase, sql: string): Promise<void> {
  await owner.query('BEGIN');
  await owner.query(sql);
}

/** Umzug says so here once a script has run: its transaction ends with its row. */
function storageOver(owner: ClientBase, sums: ReadonlyMap<string, string>): UmzugStorage<ClientBase> {
  return {
    async logMigration({ name }) {
      await owner.query(
        `INSERT INTO public._prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
         VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
        [randomUUID(), sums.get(name), name],
      );
      await owner.query('COMMIT');
    },
    async unlogMigration() {
      throw new Error('Migrations only lead forward.');
    },
    async executed() {
      const { rows } = await owner.query<{ name: string }>(
        'SELECT migration_name AS name FROM public._prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
      );
      return rows.map(({ name }) => name);
    },
  };
}
