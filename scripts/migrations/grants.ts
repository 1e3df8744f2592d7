import type { ClientBase } from 'pg';
import { tableRights } from '#lib/db/table-rights.ts';
import { MigrationRefused } from './history.ts';
import { jobsSchema } from './jobs-schema.ts';

/**
 * Gives the application's role its rights, and takes from it, and from everybody, what the owner may take: objects of its own
 * and temporary tables. What only a superuser can take is told when a process starts. Does nothing when the role is the one
 * that is connected.
 */
export async function grantToApplication(owner: ClientBase, role: string): Promise<void> {
  const { rows } = await owner.query<{ self: boolean; found: boolean; database: string; owns: boolean }>(
    `SELECT current_user = $1 AS self, EXISTS (SELECT 1 FROM pg_roles WHERE rolname = $1) AS found, datname AS database,
            pg_has_role(current_user, datdba, 'USAGE') AS owns
       FROM pg_database WHERE datname = current_database()`,
    [role],
  );
  const [facts] = rows;
  if (!facts || facts.self) return;
  if (!facts.found)
    throw new MigrationRefused(`The role "${role}" that DATABASE_URL names does not exist. Create it, then migrate.`);
  const application = quoted(role);
  const tables = await tablesThere(owner);
  const statements = [
    ...(facts.owns
      ? [`REVOKE CREATE, TEMPORARY ON DATABASE ${quoted(facts.database)} FROM PUBLIC, ${application}`]
      : []),
    `REVOKE CREATE ON SCHEMA public FROM PUBLIC, ${application}`,
    ...['public', jobsSchema].map((schema) => `GRANT USAGE ON SCHEMA ${schema} TO ${application}`),
    `REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ${application}`,
    ...tables.flatMap((table) => {
      const rights = tableRights[table] ?? [];
      return rights.length > 0 ? [`GRANT ${rights.join(', ')} ON public.${quoted(table)} TO ${application}`] : [];
    }),
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${jobsSchema} TO ${application}`,
    `GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${jobsSchema} TO ${application}`,
  ];
  await owner.query(['BEGIN', ...statements, 'COMMIT'].join(';\n'));
}

async function tablesThere(owner: ClientBase): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}
