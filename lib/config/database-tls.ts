/**
 * Whether the way to a database is safe from whoever is on it. What counts is what the driver makes of the URL and of the PG…
 * variables beside it, so the driver itself is asked: https://node-postgres.com/features/ssl
 */
import pg from 'pg';

export type DatabaseTls = 'local' | 'verified' | 'unverified' | 'none';

/** How the driver would connect: without leaving this machine, or over TLS that proves the server's name, or less. Connects nowhere. */
export function databaseTls(url: string): DatabaseTls {
  const { host, ssl } = new pg.Client({ connectionString: url }) as { host: string; ssl: unknown };
  if (isLocal(host)) return 'local';
  if (!ssl) return 'none';
  return provesTheServer(ssl) ? 'verified' : 'unverified';
}

/**
 * What is wrong with a database URL, as words that follow its variable's name; undefined where nothing is.
 * @param unverifiedAllowed KEYWARD_DATABASE_TLS says so
 */
export function databaseTlsProblem(url: string, unverifiedAllowed: boolean): string | undefined {
  let tls: DatabaseTls;
  try {
    tls = databaseTls(url);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    return `names TLS settings or certificate files that cannot be used${code}`;
  }
  switch (tls) {
    case 'local':
    case 'verified':
      return undefined;
    case 'unverified':
      return unverifiedAllowed
        ? undefined
        : 'asks for TLS that does not verify the server. Use sslmode=verify-full (with sslrootcert for your own authority), or allow it with KEYWARD_DATABASE_TLS=unverified';
    case 'none':
      return 'leads to another machine without TLS: add sslmode=verify-full (with sslrootcert for your own authority)';
  }
}

/** A socket, or an address that never leaves this machine. A name counts only where no name server is asked for it. */
function isLocal(host: string): boolean {
  const name = host.toLowerCase();
  return name.startsWith('/') || name === 'localhost' || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);
}

function provesTheServer(ssl: unknown): boolean {
  if (typeof ssl !== 'object' || ssl === null) return true;
  // sslmode=verify-ca as libpq means it accepts the certificate of any server of that authority.
  return Reflect.get(ssl, 'rejectUnauthorized') !== false && Reflect.get(ssl, 'checkServerIdentity') === undefined;
}
