import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { identify, isSameProcess } from '../processes/identity.ts';
import { ensureRoles } from './roles.ts';
import { startPostgres } from './server.ts';

let dataDir: string;

beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'keyward-server-test-'));
});

afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

async function ask(url: string, query: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return (await client.query(query).finally(() => client.end())).rows[0];
}

describe('the embedded PostgreSQL', () => {
  it('keeps its data, and its password in a file that nobody else reads', async () => {
    const first = await startPostgres({ dataDir, durable: false });
    await ask(first.superuserUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();
    expect(isSameProcess(first.process)).toBe(false);
    const second = await startPostgres({ dataDir, durable: false });
    expect(await ask(second.superuserUrl, 'SELECT answer FROM kept')).toEqual({ answer: 42 });
    await second.stop();
    expect(statSync(join(dataDir, 'postgres', 'superuser-password')).mode & 0o777).toBe(0o600);
  });

  it('ends the server that a killed run left, and reads what that had committed', async () => {
    const left = await startPostgres({ dataDir, durable: false });
    await ask(left.superuserUrl, 'CREATE TABLE committed AS SELECT 1 AS one');
    const next = await startPostgres({ dataDir, durable: false });
    expect(isSameProcess(left.process)).toBe(false);
    expect(await ask(next.superuserUrl, 'SELECT one FROM committed')).toEqual({ one: 1 });
    await next.stop();
  });

  it('ends by itself when whoever started it is killed', async () => {
    const code = `const { startPostgres } = await import(${JSON.stringify(join(import.meta.dirname, 'server.ts'))});
      const { process: postgres } = await startPostgres({ dataDir: ${JSON.stringify(dataDir)}, durable: false });
      console.log(JSON.stringify(postgres));
      setInterval(() => undefined, 1000);`;
    const starter = spawn(process.execPath, ['--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(starter.stdout, 'data');
    const postgres = JSON.parse(String(line));
    expect(isSameProcess(postgres)).toBe(true);
    starter.kill('SIGKILL');
    await vi.waitUntil(() => !isSameProcess(postgres), { timeout: 15_000 });
  });

  it('starts after it was killed itself', async () => {
    const killed = await startPostgres({ dataDir, durable: false });
    process.kill(killed.process.pid, 'SIGKILL');
    const next = await startPostgres({ dataDir, durable: false });
    expect(await ask(next.superuserUrl, 'SELECT 1 AS one')).toEqual({ one: 1 });
    await next.stop();
  });

  it('never ends a stranger whose process ID stands in its file', async () => {
    const file = join(dataDir, 'postgres', 'cluster', 'postmaster.pid');
    writeFileSync(file, `${process.pid}\n${join(dataDir, 'postgres', 'cluster')}\n0\n5432\n\n127.0.0.1\n`);
    const server = await startPostgres({ dataDir, durable: false });
    expect(identify(process.pid)).toBeDefined();
    expect(Number(readFileSync(file, 'utf8').split('\n')[0])).toBe(server.process.pid);
    await server.stop();
    expect(existsSync(file)).toBe(false);
  });

  it('makes the two roles and the database once, with passwords that count from then on', async () => {
    const server = await startPostgres({ dataDir, durable: false });
    const before = await ensureRoles(server.superuserUrl, { owner: 'first-owner', app: 'first-app' }, 'keyward');
    const after = await ensureRoles(server.superuserUrl, { owner: 'second-owner', app: 'second-app' }, 'keyward');
    expect(await ask(after.appUrl, 'SELECT current_user, current_database()')).toEqual({
      current_user: 'keyward_app',
      current_database: 'keyward',
    });
    await expect(ask(before.ownerUrl, 'SELECT 1')).rejects.toThrow('password authentication failed');
    await server.stop();
  });
});
