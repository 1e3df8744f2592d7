import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Migrations {
  baseDir: string;
  /** In the order of their names, which begin with their time. */
  entries: readonly { name: string; sql: string }[];
}

/** Where this version's migrations lie. */
export const migrationsFolder = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));

/** Reads `<folder>/<name>/migration.sql`, for every name. */
export function readMigrations(baseDir: string = migrationsFolder): Migrations {
  const names = existsSync(baseDir) ? readdirSync(baseDir).sort() : [];
  const entries = names.flatMap((name) => {
    const file = join(baseDir, name, 'migration.sql');
    return existsSync(file) ? [{ name, sql: readFileSync(file, 'utf8') }] : [];
  });
  return { baseDir, entries };
}
