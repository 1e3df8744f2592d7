import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { expect, it } from 'vitest';
import { checkDatabase } from '#lib/db/check-database.ts';
import { migrate } from './migrations/migrate.ts';
import { startPostgres } from './postgres/server.ts';
import { projectRoot } from './project-root.ts';

/** The one SQL block of the README, statement by statement. */
function statements(): string[] {
  const [, sql = ''] = /```sql\n([\s\S]*?)```/.exec(readFileSync(join(projectRoot, 'README.md'), 'utf8')) ?? [];
  return sql
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}

it('the SQL of the README, as a superuser, and `migrate` leave nothing to warn of', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'keyward-readme-'));
  const server = await startPostgres({ dataDir, durable: false });
  try {
    const superuser = new pg.Client({ connectionString: server.superuserUrl });
    await superuser.connect();
    for (const statement of statements()) await superuser.query(statement);
    await superuser.query('CREATE ROLE somebody_else LOGIN PASSWORD $$x$$');
    await superuser.end();
    const as = (username: string, password: string) =>
      Object.assign(new URL(server.superuserUrl), { username, password, pathname: '/keyward' }).href;
    const [ownerUrl, url] = [as('keyward_owner', 'OWNER-PASSWORD'), as('keyward_app', 'APP-PASSWORD')];
    await migrate({ ownerUrl, appUrl: url });
    expect(await checkDatabase({ url })).toEqual([]);
    await expect(checkDatabase({ url: as('somebody_else', 'x') })).rejects.toThrow(/may not connect to this database/);
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
});
