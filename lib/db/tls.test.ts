import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningPostgres, startPostgres } from '../../scripts/postgres/server.ts';
import { databaseTls } from '../config/database-tls.ts';
import { checkDatabase } from './check-database.ts';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
if (!hasOpenssl) console.warn('openssl is not installed here: the tests of TLS with PostgreSQL are left out.');

let server: RunningPostgres;
let folder: string;

/** A certificate of its own authority for this address, in PostgreSQL's folder. */
function certificate(name: string, address: string): string {
  const file = (ending: string) => join(folder, 'postgres', 'cluster', `${name}.${ending}`);
  const made = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${name}`],
    ...['-addext', `subjectAltName=IP:${address}`, '-keyout', file('key'), '-out', file('crt')],
  ]);
  if (made.status !== 0) throw new Error(made.stderr.toString());
  chmodSync(file('key'), 0o600);
  return file('crt');
}

beforeAll(async () => {
  if (!hasOpenssl) return;
  folder = mkdtempSync(join(tmpdir(), 'keyward-db-tls-'));
  server = await startPostgres({ dataDir: folder, durable: false });
  certificate('here', '127.0.0.1');
  certificate('elsewhere', '127.0.0.1');
  certificate('another-host', '192.0.2.1');
  await present('here');
});
afterAll(async () => {
  await server?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** From now on the server shows this certificate. */
async function present(name: string): Promise<void> {
  const client = new pg.Client({ connectionString: server.superuserUrl });
  await client.connect();
  await client.query(`ALTER SYSTEM SET ssl_cert_file = '${name}.crt'`);
  await client.query(`ALTER SYSTEM SET ssl_key_file = '${name}.key'`);
  await client.query('ALTER SYSTEM SET ssl = on');
  await client.query('SELECT pg_reload_conf()');
  await client.end();
}

const trusting = (name: string) =>
  `${server.superuserUrl}?sslmode=verify-full&sslrootcert=${join(folder, 'postgres', 'cluster', `${name}.crt`)}`;

const told = (url: string) =>
  checkDatabase({ url, ownerMayServe: true }).then(
    () => 'accepted',
    (error: Error) => error.message,
  );

describe.runIf(hasOpenssl)('a database that is asked for verified TLS', () => {
  it('is spoken to over TLS where its certificate is of the authority that was named', async () => {
    const client = new pg.Client({ connectionString: trusting('here') });
    await client.connect();
    const { rows } = await client.query('SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()');
    await client.end();
    expect(rows).toEqual([{ ssl: true }]);
    // It got as far as the tables, of which there are none.
    expect(await told(trusting('here'))).toMatch(/The database is older than this version/);
  });

  it('is refused where its certificate is of another authority', async () => {
    expect(await told(trusting('elsewhere'))).toMatch(
      /certificate was not accepted \(\w+\)\. Set sslrootcert in \w+ to its certificate authority/,
    );
    expect(await told(`${server.superuserUrl}?sslmode=verify-full`)).toMatch(/certificate was not accepted/);
  });

  it('is refused where its certificate is for another host', async () => {
    await present('another-host');
    expect(await told(trusting('another-host'))).toMatch(
      /certificate was not accepted \(ERR_TLS_CERT_ALTNAME_INVALID\)/,
    );
    // What KEYWARD_DATABASE_TLS=unverified lets pass does not look at it.
    const unverified = `${server.superuserUrl}?sslmode=no-verify`;
    expect(await told(unverified)).toMatch(/The database is older/);
    expect(databaseTls(unverified.replace('127.0.0.1', 'db.example'))).toBe('unverified');
    await present('here');
  });

  it('that speaks no TLS is told as that', async () => {
    const client = new pg.Client({ connectionString: server.superuserUrl });
    await client.connect();
    await client.query('ALTER SYSTEM SET ssl = off');
    await client.query('SELECT pg_reload_conf()');
    await client.end();
    expect(await told(trusting('here'))).toMatch(/does not speak TLS/);
  });
});
