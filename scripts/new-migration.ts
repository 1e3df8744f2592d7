/**
 * `node scripts/new-migration.ts NAME`: writes the migration that leads from the existing ones to prisma/schema.prisma.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEngine } from './migrations/engine.ts';
import { migrationsFolder, readMigrations } from './migrations/folder.ts';
import { startPostgres } from './postgres/server.ts';

const name = process.argv[2] ?? '';
if (!/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error(
    'Give the migration a name of small letters, digits and underscores: node scripts/new-migration.ts NAME',
  );
  process.exit(1);
}
const sql = await difference();
if (sql.trim() === '' || sql.includes('This is an empty migration')) {
  console.log('The migrations already lead to prisma/schema.prisma: nothing to write.');
} else {
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = join(migrationsFolder, `${stamp}_${name}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'migration.sql'), sql);
  writeFileSync(join(migrationsFolder, 'migration_lock.toml'), 'provider = "postgresql"\n');
  console.log(`Wrote ${join(folder, 'migration.sql')}`);
}

/** On a scratch server, since the existing migrations are applied to find out where they end. */
async function difference(): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'keyward-migration-'));
  const server = await startPostgres({ dataDir, durable: false });
  try {
    const engine = await openEngine(server.superuserUrl);
    const schema = readFileSync(new URL('../prisma/schema.prisma', import.meta.url), 'utf8');
    return await engine.diff(readMigrations(), schema).finally(() => engine.close());
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
