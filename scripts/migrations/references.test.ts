import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { expect, it } from 'vitest';
import { createTestDatabase } from '#lib/db/testing/test-database.ts';
import { migrationsFolder } from './folder.ts';

const sql = readFileSync(join(migrationsFolder, '20261128225654_references', 'migration.sql'), 'utf8');

it('gives what is there already the slug of its name, and its own ID where that would not be unique', async () => {
  const database = await createTestDatabase();
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  try {
    // The two tables as they were before, as far as the migration touches them.
    await owner.query(`CREATE SCHEMA before; SET search_path TO before;
      CREATE TABLE tenant (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text UNIQUE);
      CREATE TABLE app (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), tenant_id uuid, name text, UNIQUE (tenant_id, name));
      INSERT INTO tenant (name) VALUES ('Acme'), ('Initech & Sons, Inc.'), ('Twin A!'), ('twin a'), ('株式会社'), (repeat('long ', 40));
      INSERT INTO app (tenant_id, name) SELECT id, 'HR portal' FROM tenant UNION ALL SELECT id, 'hr-portal' FROM tenant WHERE name = 'Acme'`);
    await owner.query(sql);
    const tenants = await owner.query<{ name: string; reference: string; own: boolean }>(
      'SELECT name, reference, reference = id::text AS own FROM tenant',
    );
    const of = (name: string) => tenants.rows.find((row) => row.name.startsWith(name));
    expect(of('Acme')?.reference).toBe('acme');
    expect(of('Initech')?.reference).toBe('initech-sons-inc');
    expect(of('long')?.reference).toMatch(/^(long-){11}long$/);
    for (const name of ['Twin A!', 'twin a', '株式会社']) expect(of(name)).toMatchObject({ own: true });
    const apps = await owner.query<{ n: number }>(`SELECT count(*)::int AS n FROM app WHERE reference = 'hr-portal'`);
    expect(apps.rows).toEqual([{ n: 5 }]);
    // An older version, which knows no references, goes on beside this one.
    await owner.query(`INSERT INTO tenant (name) VALUES ('Later'), ('Later still')`);
  } finally {
    await owner.end();
    await database.drop();
  }
});
