import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../scripts/postgres/server.ts';
import { checkDatabase } from './check-database.ts';
import { knownMigrations } from './migration-history.ts';
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts';
import { startTransactionPooler } from './testing/transaction-pooler.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database?.drop();
});

async function refusal(url: string, known = knownMigrations()): Promise<string> {
  return checkDatabase({ url, known }).then(
    () => 'accepted',
    (error: Error) => error.message,
  );
}

function changed(parts: Partial<URL>): string {
  return Object.assign(new URL(database.url), parts).href;
}

it('accepts the application’s role on a database of this version, with nothing to say', async () => {
  expect(await checkDatabase({ url: database.url })).toEqual([]);
});

it('warns of each right on a table that the application’s role has and does not need', async () => {
  await database.asOwner('GRANT DELETE, TRUNCATE ON audit_event, tenant TO PUBLIC');
  const [told, ...more] = await checkDatabase({ url: database.url });
  expect(more).toEqual([]);
  expect(told).toContain('DELETE, TRUNCATE on audit_event; DELETE, TRUNCATE on tenant');
  await database.asOwner('REVOKE DELETE, TRUNCATE ON audit_event, tenant FROM PUBLIC');
});

describe('each way in which a database cannot be used has its own sentence, without a password', () => {
  it.each([
    ['a wrong password', { password: 'canary' }, /refuses the user or the password/],
    ['an unknown role', { username: 'nobody_here' }, /refuses the user or the password/],
    ['a missing database', { pathname: '/not_there' }, /does not exist\. Create it/],
    ['a closed port', { port: '1' }, /nothing listens/],
    ['an unknown host', { hostname: 'database.invalid' }, /host name .* (not known|looked up)/],
  ])('%s', async (_what, change, sentence) => {
    const told = await refusal(changed(change));
    expect(told).toMatch(sentence);
    expect(told).toMatch(/Nothing was started\.$/);
    expect(told).not.toContain('canary');
  });

  it('no connection left', async () => {
    const name = new URL(database.url).pathname.slice(1);
    const only = new pg.Client({ connectionString: database.ownerUrl });
    await only.connect();
    try {
      await only.query(`ALTER DATABASE ${name} CONNECTION LIMIT 1`);
      expect(await refusal(database.url)).toMatch(/no connection left/);
    } finally {
      await only.query(`ALTER DATABASE ${name} CONNECTION LIMIT -1`);
      await only.end();
    }
  });

  it('a server that takes connections and stays silent', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const url = changed({ port: String(port) });
    await expect(checkDatabase({ url, answersWithinMs: 300 })).rejects.toThrow(
      /accepts connections but does not answer/,
    );
    silent.close();
  });

  it('the owner as the application', async () => {
    expect(await refusal(database.ownerUrl)).toMatch(/"keyward_owner", which owns the tables.*DATABASE_OWNER_URL/);
    expect(await checkDatabase({ url: database.ownerUrl, ownerMayServe: true })).toEqual([]);
  });
});

describe('which is older', () => {
  it('the database', async () => {
    const known = [...knownMigrations(), { name: '29990101000000_later', checksum: 'x' }];
    expect(await refusal(database.url, known)).toMatch(
      /older than this version.*29990101000000_later.*npm run migrate/,
    );
  });

  it('the code', async () => {
    expect(await refusal(database.url, knownMigrations().slice(0, -1))).toMatch(/of a newer version.*Start the newer/);
  });

  it.each([
    ['older', -1, /job tables of the database are older.*npm run migrate/],
    ['newer', 1, /job tables of the database belong to a newer version.*Start the newer/],
  ])('the job tables are %s', async (_what, step, sentence) => {
    await database.asOwner('UPDATE pgboss.version SET version = version + $1', [step]);
    expect(await refusal(database.url)).toMatch(sentence);
    await database.asOwner('UPDATE pgboss.version SET version = version - $1', [step]);
  });

  it('neither, but another text', async () => {
    const known = knownMigrations().map(({ name }) => ({ name, checksum: 'x' }));
    expect(await refusal(database.url, known)).toMatch(/other texts of these migrations/);
  });
});

it('tells what the role may do beyond what it must', async () => {
  const name = new URL(database.url).pathname.slice(1);
  await database.asOwner(
    `GRANT TEMPORARY, CREATE ON DATABASE ${name} TO keyward_app; GRANT CREATE ON SCHEMA public TO keyward_app`,
  );
  expect(await checkDatabase({ url: database.url })).toEqual([
    expect.stringContaining('make schemas'),
    expect.stringContaining('make tables'),
    expect.stringContaining('make temporary tables'),
  ]);
  await database.asOwner(
    `REVOKE TEMPORARY, CREATE ON DATABASE ${name} FROM keyward_app; REVOKE CREATE ON SCHEMA public FROM keyward_app`,
  );
});

describe('a transaction pooler', () => {
  it('is found out where all clients share one backend', async () => {
    const pooler = await startTransactionPooler(database.url);
    expect(await refusal(pooler.url)).toMatch(/through a transaction pooler.*session mode/);
    await pooler.close();
  });

  const installed = spawnSync('pgbouncer', ['--version']).status === 0;
  if (!installed)
    console.warn('pgbouncer is not installed here: the tests with it are left out (apt-get install pgbouncer).');

  it.runIf(installed).each([
    ['transaction', 1, /through a transaction pooler/],
    ['transaction', 5, /through a transaction pooler/],
    ['statement', 5, /through a transaction pooler/],
    ['session', 5, /^accepted$/],
  ] as const)('pgbouncer in %s mode with %d connections', async (mode, size, expected) => {
    const bouncer = await startPgbouncer(mode, size);
    try {
      expect(await refusal(bouncer.url)).toMatch(expected);
    } finally {
      await bouncer.stop();
    }
  });
});

async function startPgbouncer(mode: string, size: number): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'keyward-pgbouncer-'));
  const url = new URL(database.url);
  const port = await freePort();
  const settings = {
    listen_addr: '127.0.0.1',
    listen_port: port,
    unix_socket_dir: '',
    auth_type: 'plain',
    auth_file: join(folder, 'users'),
    pool_mode: mode,
    default_pool_size: size,
    ...(process.getuid?.() === 0 ? { user: 'nobody' } : {}),
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  const server = `host=127.0.0.1 port=${url.port} password='${url.password}'`;
  writeFileSync(join(folder, 'users'), `"${url.username}" "${url.password}"\n`);
  writeFileSync(join(folder, 'ini'), ['[databases]', `* = ${server}`, '[pgbouncer]', ...lines].join('\n'));
  chmodSync(folder, 0o755);
  const child = spawn('pgbouncer', [join(folder, 'ini')], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  url.port = String(port);
  for (let tries = 0; tries < 100; tries += 1) {
    const client = new pg.Client({ connectionString: url.href });
    const up = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end().catch(() => undefined);
    if (up) break;
    await sleep(50);
  }
  return {
    url: url.href,
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
