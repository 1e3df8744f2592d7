import { randomBytes } from 'node:crypto';
import pg from 'pg';

export interface DatabaseUrls {
  /** The application's role: reads and writes rows, owns nothing. */
  appUrl: string;
  /** Owns the database; for migrations. */
  ownerUrl: string;
}

export interface RolePasswords {
  owner: string;
  app: string;
}

/** Random passwords for both roles. */
export function randomRolePasswords(): RolePasswords {
  return { owner: randomBytes(24).toString('base64url'), app: randomBytes(24).toString('base64url') };
}

/**
 * Makes sure of the roles `keyward_owner` and `keyward_app`, with these passwords, and, when named, of a database that
 * the owner owns. May run again and again. The names are ours, and the passwords base64url: nothing needs quoting.
 */
export async function ensureRoles(
  superuserUrl: string,
  passwords: RolePasswords,
  database?: string,
): Promise<DatabaseUrls> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    for (const [role, password] of [
      ['keyward_owner', passwords.owner],
      ['keyward_app', passwords.app],
    ] as const) {
      const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
      await client.query(
        `${rowCount ? 'ALTER' : 'CREATE'} ROLE ${role} LOGIN PASSWORD ${client.escapeLiteral(password)}`,
      );
    }
    if (database) {
      const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
      if (!rowCount) await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)} OWNER keyward_owner`);
    }
  } finally {
    await client.end();
  }
  return databaseUrls(superuserUrl, passwords, database ?? 'postgres');
}

/** The URLs of both roles for one database of a server. */
export function databaseUrls(superuserUrl: string, passwords: RolePasswords, database: string): DatabaseUrls {
  const url = (user: string, password: string) => {
    const address = new URL(superuserUrl);
    address.username = user;
    address.password = password;
    address.pathname = `/${database}`;
    return address.href;
  };
  return { appUrl: url('keyward_app', passwords.app), ownerUrl: url('keyward_owner', passwords.owner) };
}
