import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../postgres/server.ts';
import { openEngine } from './engine.ts';
import { readMigrations } from './folder.ts';

/**
 * The SQL that leads from the existing migrations to prisma/schema.prisma. On a scratch server, since the migrations are
 * applied to find out where they end.
 */
export async function schemaDifference(): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'keyward-migration-'));
  const server = await startPostgres({ dataDir, durable: false });
  try {
    const engine = await openEngine(server.superuserUrl);
    const schema = readFileSync(new URL('../../prisma/schema.prisma', import.meta.url), 'utf8');
    return await engine.diff(readMigrations(), schema).finally(() => engine.close());
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Whether such SQL changes nothing. */
export function isEmpty(sql: string): boolean {
  return sql.trim() === '' || sql.includes('This is an empty migration');
}
