import type { ClientBase } from 'pg';
import { MigrationRefused } from './history.ts';
import { jobsSchema } from './jobs-schema.ts';

/**
 * Gives the application's role what it needs and no more: rows, not tables. Audit events can be added and read, never
 * changed or removed. Does nothing when the role is the one that is connected.
 */
export async function grantToApplication(owner: ClientBase, role: string): Promise<void> {
  const { rows } = await owner.query<{ self: boolean; found: boolean }>(
    'SELECT current_user = $1 AS self, EXISTS (SELECT 1 FROM pg_roles WHERE rolname = $1) AS found',
    [role],
  );
  if (rows[0]?.self) return;
  if (!rows[0]?.found)
    throw new MigrationRefused(`The role "${role}" that DATABASE_URL names does not exist. Create it, then migrate.`);
  const application = quoted(role);
  const statements = [
    ...['public', jobsSchema].flatMap((schema) => [
      `GRANT USAGE ON SCHEMA ${schema} TO ${application}`,
      `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${application}`,
      `GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${schema} TO ${application}`,
    ]),
    ...(await only(owner, '_prisma_migrations', 'SELECT', application)),
    ...(await only(owner, 'audit_event', 'SELECT, INSERT', application)),
  ];
  await owner.query(['BEGIN', ...statements, 'COMMIT'].join(';\n'));
}

async function only(owner: ClientBase, table: string, rights: string, application: string): Promise<string[]> {
  const { rows } = await owner.query<{ found: boolean }>('SELECT to_regclass($1) IS NOT NULL AS found', [
    `public.${table}`,
  ]);
  if (!rows[0]?.found) return [];
  return [`REVOKE ALL ON public.${table} FROM ${application}`, `GRANT ${rights} ON public.${table} TO ${application}`];
}

function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}
