/**
 * What `npm run` starts ends with whoever started it, and at a signal to any process of the chain from npm to the server. Tried with the
 * data plane and the worker; what they end by is what every command ends by.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#lib/db/testing/test-database.ts';
import { freePort } from '../postgres/server.ts';
import { projectRoot } from '../project-root.ts';
import { identify, isSameProcess, type ProcessIdentity } from './identity.ts';
import { parentOf } from './parents.ts';

/** Five seconds are promised; three times as many on a busy machine. */
const endsWithinMs = 15_000;
const started: ChildProcess[] = [];
let database: TestDatabase;
let folder: string;
let port: number;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'keyward-orphans-'));
  // For any Node: one that cannot have another program take its place, as Node 20 cannot.
  writeFileSync(join(folder, 'no-execve.mjs'), 'process.execve = undefined;');
});
afterEach(() => {
  // Whatever a failed test has left: each is the leader of a group of its own.
  for (const { pid } of started.splice(0)) {
    try {
      if (pid) process.kill(-pid, 'SIGKILL');
    } catch {
      // It has ended, as it should.
    }
  }
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database?.drop();
});

type Chain = { first: ProcessIdentity; server: ProcessIdentity; between: ProcessIdentity[]; output: () => string };

/** Starts it and waits until the server serves. */
async function start(
  program: string,
  args: string[],
  serving: RegExp,
  more: Record<string, string> = {},
): Promise<Chain> {
  port = await freePort();
  const child = spawn(program, args, {
    cwd: projectRoot,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: 'production',
      DATABASE_URL: database.url,
      KEYWARD_ROOT_KEY: Buffer.alloc(32, 7).toString('base64'),
      NEXTAUTH_SECRET: 'a secret that nobody uses anywhere else',
      NEXTAUTH_URL: 'http://127.0.0.1:3000',
      KEYWARD_DATA_PLANE_PORT: String(port),
      KEYWARD_DRAIN_SECONDS: '1',
      AWS_EC2_METADATA_DISABLED: 'true',
      ...more,
    },
  });
  started.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (piece: Buffer) => (output += piece.toString()));
  await vi.waitUntil(() => serving.test(output) || child.exitCode !== null, { timeout: 60_000, interval: 50 });
  if (child.exitCode !== null) throw new Error(output);
  const first = identify(child.pid ?? 0);
  const server = identify(serverOf(child.pid ?? 0));
  if (!first || !server) throw new Error('It ended at once.');
  const between: ProcessIdentity[] = [];
  for (let pid = parentOf(server.pid); pid && pid !== first.pid; pid = parentOf(pid)) {
    const one = identify(pid);
    if (one) between.push(one);
  }
  return { first, server, between, output: () => output };
}

/** The last of those that descend from it, each from the one before. */
function serverOf(pid: number): number {
  const child = childrenOf(pid)[0];
  return child === undefined ? pid : serverOf(child);
}

/** https://www.kernel.org/doc/html/latest/filesystems/proc.html: of all threads, whichever began them. */
function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number),
  );
}

async function gone(server: ProcessIdentity): Promise<void> {
  await vi.waitUntil(() => !isSameProcess(server), { timeout: endsWithinMs, interval: 50 });
}

const npm = (command: string): [string, string[]] => ['npm', ['run', command]];
const plain = (...options: string[]): [string, string[]] => [
  process.execPath,
  [...options, 'scripts/bootstrap.mjs', 'data-plane'],
];
const listens = /The data plane listens/;

describe('a server', { timeout: 120_000, skip: process.platform !== 'linux' }, () => {
  it.each(['SIGKILL', 'SIGTERM'] as const)('ends when npm does by %s, and gives its port back', async (signal) => {
    const { first, server } = await start(...npm('data-plane'), listens);
    expect(first.pid).not.toBe(server.pid);
    process.kill(first.pid, signal);
    await gone(server);
    await canListen(port);
  });

  it('ends when the shell between it and npm is killed', async () => {
    const { server, between } = await start(...npm('data-plane'), listens);
    // Where the shell has given its place to the program, there is none.
    for (const { pid } of between) process.kill(pid, 'SIGKILL');
    if (between.length === 0) process.kill(server.pid, 'SIGTERM');
    await gone(server);
  });

  it('takes the place of the process that started it, and ends at a signal to that', async () => {
    const { first, server } = await start(...plain(), listens);
    expect(server.pid).toBe(first.pid);
    process.kill(first.pid, 'SIGTERM');
    await gone(server);
  });

  it.each(['SIGKILL', 'SIGTERM'] as const)(
    'ends at %s to a bootstrap that has to start it as a child',
    async (signal) => {
      const { first, server } = await start(...plain('--import', join(folder, 'no-execve.mjs')), listens);
      expect(server.pid).not.toBe(first.pid);
      process.kill(first.pid, signal);
      await gone(server);
    },
  );

  it('ends when npm is killed above such a bootstrap', async () => {
    const options = { NODE_OPTIONS: `--import=${join(folder, 'no-execve.mjs')}` };
    const { first, server, between } = await start(...npm('data-plane'), listens, options);
    expect(between.length).toBeGreaterThan(0);
    process.kill(first.pid, 'SIGKILL');
    await gone(server);
  });

  it('that works instead of serving ends likewise', async () => {
    const { first, server } = await start(...npm('worker'), /worker is running/);
    process.kill(first.pid, 'SIGKILL');
    await gone(server);
  });

  it('goes on without the shell in which somebody has put it into the background', async () => {
    const { first, server } = await start(
      'sh',
      ['-c', `${process.execPath} scripts/bootstrap.mjs data-plane & sleep 600`],
      listens,
    );
    process.kill(first.pid, 'SIGKILL');
    await vi.waitUntil(() => parentOf(server.pid) !== first.pid);
    // Three looks at its parents later.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect((await fetch(`http://127.0.0.1:${port}/health/live`)).status).toBe(200);
  });

  it('that cannot have its port says so in one sentence', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const where = String(typeof address === 'object' && address ? address.port : 0);
    const sentence = `Port ${where} of 127.0.0.1 is taken by another program: choose another with KEYWARD_DATA_PLANE_HOST and KEYWARD_DATA_PLANE_PORT. Nothing was started.\n`;
    await expect(start(...plain(), listens, { KEYWARD_DATA_PLANE_PORT: where })).rejects.toThrow(
      expect.objectContaining({ message: sentence }),
    );
    taken.close();
    await expect(start(...plain(), listens, { KEYWARD_DATA_PLANE_HOST: '198.51.100.1' })).rejects.toThrow(
      '198.51.100.1 is no address of this machine',
    );
  });
});

function canListen(at: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(at, '127.0.0.1', () => probe.close(() => resolve()));
  });
}
