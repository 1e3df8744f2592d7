/**
 * An installation of one's own, for production, made by what the README says: its SQL, its commands, the names of its table of
 * the environment. In front of it stands what it asks for: something that ends TLS.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request as plainRequest } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { certificates } from '../../lib/kms/testing/certificates.ts';
import { freePort, startPostgres } from '../../scripts/postgres/server.ts';
import { startSimulator } from '../aws-simulator/server.ts';
import { VENDOR_ACCESS_KEY_ID, VENDOR_SECRET_ACCESS_KEY } from '../aws-simulator/world-defaults.ts';

const root = join(import.meta.dirname, '..', '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

export type Installation = Awaited<ReturnType<typeof startInstallation>>;
export type Finished = { code: number | null; stdout: string; stderr: string };

/** An empty PostgreSQL, the roles and the database of the README's SQL, and nothing in them yet. */
export async function startInstallation() {
  const folder = mkdtempSync(join(tmpdir(), 'keyward-empty-'));
  const postgres = await startPostgres({ dataDir: folder, durable: false });
  const simulator = await startSimulator();
  const passwords = await runSqlOfReadme(postgres.superuserUrl);
  const urlOf = (role: string) => `postgresql://${role}:${passwords.get(role)}@127.0.0.1:${postgres.port}/keyward`;
  const port = await freePort();
  const front = await startTls(port);
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(AWS_|KEYWARD_|DATABASE_|NEXTAUTH_|NODE_|npm_|PORT$)/.test(name),
  );
  const env: NodeJS.ProcessEnv = {
    ...Object.fromEntries(kept),
    NODE_ENV: 'production',
    DATABASE_URL: urlOf('keyward_app'),
    DATABASE_OWNER_URL: urlOf('keyward_owner'),
    KEYWARD_ROOT_KEY: randomBytes(32).toString('base64'),
    NEXTAUTH_SECRET: randomBytes(32).toString('base64'),
    NEXTAUTH_URL: front.url,
    PORT: String(port),
    KEYWARD_ALLOWED_AWS_ENDPOINTS: simulator.url,
    AWS_ENDPOINT_URL_KMS: simulator.url,
    AWS_ENDPOINT_URL_STS: simulator.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: VENDOR_ACCESS_KEY_ID,
    AWS_SECRET_ACCESS_KEY: VENDOR_SECRET_ACCESS_KEY,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const serving: { child: ChildProcess; ended: Promise<void> }[] = [];
  let output = '';

  return {
    url: front.url,
    simulatorUrl: simulator.url,
    /** One of the README's commands, to its end. */
    run: (script: string, ...args: string[]) => finish(spawnNpm(['run', '-s', script, '--', ...args], script, env)),
    /** The same for one that goes on until the installation ends. */
    serve(script: 'start' | 'worker'): void {
      const child = spawnNpm(script === 'start' ? ['start'] : ['run', script], script, env);
      for (const stream of [child.stdout, child.stderr]) {
        stream?.on('data', (chunk: Buffer) => (output = `${output}${chunk}`.slice(-20_000)));
      }
      serving.push({ child, ended: new Promise((resolve) => child.once('close', () => resolve())) });
    },
    output: () => output,
    /** The status of /api/health, 0 where nothing answers. */
    health: () =>
      new Promise<number>((resolve) => {
        const asked = plainRequest({ host: '127.0.0.1', port, path: '/api/health' }, (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        });
        asked.once('error', () => resolve(0));
        asked.end();
      }),
    /** As the owner of the tables: where did it come to lie? */
    async query(text: string, values: unknown[]): Promise<Record<string, unknown>[]> {
      const client = new pg.Client({ connectionString: urlOf('keyward_owner') });
      await client.connect();
      return (await client.query(text, values).finally(() => client.end())).rows;
    },
    async end(): Promise<void> {
      // To each command's whole group: npm does not pass a signal on.
      for (const { child } of serving) signalGroup(child, 'SIGTERM');
      const late = setTimeout(() => serving.forEach(({ child }) => void signalGroup(child, 'SIGKILL')), 40_000);
      await Promise.all(serving.map(({ ended }) => ended));
      clearTimeout(late);
      await front.close();
      await simulator.close();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * What the README gives to psql, statements of a line each, with random passwords in the place of its own; `\\connect` goes to
 * another database. @returns the password of each role
 */
async function runSqlOfReadme(superuserUrl: string): Promise<Map<string, string>> {
  const lines = [...readme.matchAll(/^ *((?:CREATE|ALTER|GRANT|REVOKE) .*;|\\c(?:onnect)? \w+)$/gm)];
  const statements = lines.map(([, line = '']) => line);
  if (!statements.some((sql) => sql.startsWith('CREATE DATABASE keyward ')))
    throw new Error('The README no longer says how the database is made.');
  const passwords = new Map<string, string>();
  let url = superuserUrl;
  for (const sql of statements) {
    const [, database] = /^\\c\w* (\w+)/.exec(sql) ?? [];
    if (database) {
      url = Object.assign(new URL(superuserUrl), { pathname: `/${database}` }).href;
      continue;
    }
    const [, role] = /^(?:CREATE|ALTER) ROLE (\w+) .*PASSWORD/.exec(sql) ?? [];
    const password = randomBytes(24).toString('base64url');
    if (role) passwords.set(role, password);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(sql.replace(/PASSWORD '[^']*'/, `PASSWORD '${password}'`)).finally(() => client.end());
  }
  return passwords;
}

function spawnNpm(args: string[], script: string, env: NodeJS.ProcessEnv): ChildProcess {
  const named = script === 'start' ? 'npm start' : `npm run ${script}`;
  if (!readme.includes(`\`${named}`)) throw new Error(`The README does not name ${named}.`);
  return spawn('npm', args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
}

function finish(child: ChildProcess): Promise<Finished> {
  const said = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...said }));
  });
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid) process.kill(-pid, signal);
  } catch {
    // It has ended already.
  }
}

/** Ends TLS and passes everything on, as a proxy before Keyward does. */
async function startTls(port: number): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer(certificates.selfSigned, (request, response) => {
    const headers = { ...request.headers, 'x-forwarded-proto': 'https', 'x-forwarded-host': request.headers.host };
    const { method, url } = request;
    const passed = plainRequest({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    passed.once('error', () => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
    request.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
