/**
 * An installation for production beside the demo's: an empty PostgreSQL brought to this version, one tenant with an app and a token,
 * and whatever `npm run …` starts on it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { ensureRoles, randomRolePasswords } from '../../scripts/postgres/roles.ts';
import { startPostgres } from '../../scripts/postgres/server.ts';

const root = join(import.meta.dirname, '..', '..');

export type Installation = {
  token: string;
  appId: string;
  /** A process of ours, as npm starts it; resolves once it serves. */
  start(command: 'start' | 'data-plane', port: number): Promise<Server>;
  close(): Promise<void>;
};

export type Server = {
  command: 'start' | 'data-plane';
  url: string;
  health: string;
  child: ChildProcess;
  ended: Promise<unknown>;
};

export async function makeInstallation({ drainSeconds }: { drainSeconds: number }): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), 'keyward-installation-'));
  const postgres = await startPostgres({ dataDir: folder, durable: false });
  const urls = await ensureRoles(postgres.superuserUrl, randomRolePasswords(), 'keyward');
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    NODE_ENV: 'production',
    DATABASE_URL: urls.appUrl,
    KEYWARD_ROOT_KEY: randomBytes(32).toString('base64'),
    NEXTAUTH_SECRET: randomBytes(32).toString('base64'),
    NEXTAUTH_URL: 'https://keys.example.com',
    KEYWARD_DRAIN_SECONDS: String(drainSeconds),
    KEYWARD_LOG_LEVEL: 'warn',
    AWS_EC2_METADATA_DISABLED: 'true',
  } as const;
  const run = (command: string, more: Record<string, string>) =>
    spawn(process.execPath, ['scripts/bootstrap.mjs', command], { cwd: root, env: { ...env, ...more } });
  const migrated = run('migrate', { DATABASE_OWNER_URL: urls.ownerUrl });
  const [code] = await once(migrated, 'exit');
  if (code !== 0) throw new Error('The database could not be brought to this version.');
  const children = new Set<ChildProcess>();
  return {
    ...(await seed(urls.ownerUrl)),
    async start(command, port) {
      const child = run(command, { PORT: String(port), KEYWARD_DATA_PLANE_PORT: String(port) });
      children.add(child);
      let output = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (output += piece));
      const ended = once(child, 'exit').then(() => children.delete(child));
      const url = `http://127.0.0.1:${port}`;
      const health = `${url}${command === 'start' ? '/api' : ''}/health`;
      while ((await statusOf(health)) !== 200) {
        if (!children.has(child)) throw new Error(`It ended at its start: ${output}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      return { command, url, health, child, ended };
    },
    async close() {
      const ends = [...children].map((child) => once(child, 'exit'));
      for (const child of children) child.kill('SIGKILL');
      await Promise.all(ends);
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function seed(ownerUrl: string): Promise<{ token: string; appId: string }> {
  const [tenantId, appId, token] = [randomUUID(), randomUUID(), `kwt_${randomBytes(32).toString('base64url')}`];
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const tenant = 'INSERT INTO tenant (id, name, home_region, external_id) VALUES ($1, $2, $3, $4)';
  await client.query(tenant, [tenantId, 'Acme', 'us-east-1', randomBytes(24).toString('hex')]);
  await client.query(`INSERT INTO app (id, tenant_id, kind, name) VALUES ($1, $2, 'app', 'App')`, [appId, tenantId]);
  const apiToken =
    'INSERT INTO api_token (id, tenant_id, name, hint, hash, actions, created_by) VALUES ($1, $2, $3, $4, $5, $6, $3)';
  const hash = createHash('sha256').update(token).digest();
  await client.query(apiToken, [randomUUID(), tenantId, 'test', token.slice(0, 10), hash, ['encrypt', 'decrypt']]);
  await client.end();
  return { token, appId };
}

export async function statusOf(url: string): Promise<number | undefined> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return undefined;
  }
}

/** So many ports that are free, of those that the system does not give away by itself. */
export async function freePorts(count: number): Promise<number[]> {
  const found: number[] = [];
  while (found.length < count) {
    const port = 15_000 + Math.floor(Math.random() * 4_000);
    if (!found.includes(port) && (await isFree(port))) found.push(port);
  }
  return found;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer().once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
