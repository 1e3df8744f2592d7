/**
 * `node scripts/new-migration.ts NAME`: writes the migration that leads from the existing ones to prisma/schema.prisma.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isEmpty, schemaDifference } from './migrations/difference.ts';
import { migrationsFolder } from './migrations/folder.ts';

const name = process.argv[2] ?? '';
if (!/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error(
    'Give the migration a name of small letters, digits and underscores: node scripts/new-migration.ts NAME',
  );
  process.exit(1);
}
const sql = await schemaDifference();
if (isEmpty(sql)) {
  console.log('The migrations already lead to prisma/schema.prisma: nothing to write.');
} else {
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = join(migrationsFolder, `${stamp}_${name}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'migration.sql'), sql);
  writeFileSync(join(migrationsFolder, 'migration_lock.toml'), 'provider = "postgresql"\n');
  console.log(`Wrote ${join(folder, 'migration.sql')}`);
}
