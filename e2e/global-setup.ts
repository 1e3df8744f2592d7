/**
 * Starts a demo for each worker as anybody would, on free ports and in a folder of its own.
 * With KEYWARD_E2E_READY naming the `ready.json` of a demo that runs already, that one is used, by one worker.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { areThere, setReadyFiles, workers } from './tasks/ready-file.ts';

const here = join(import.meta.dirname, '..');

export default async function globalSetup(): Promise<(() => Promise<void>) | undefined> {
  if (areThere()) return undefined;
  const demos = await Promise.all(Array.from({ length: workers }, (_, index) => startDemo(index)));
  setReadyFiles(demos.map(({ readyFile }) => readyFile));
  return async () => {
    await Promise.all(demos.map(({ end }) => end()));
  };
}

/** @param root where the sources are, and their build */
export async function startDemo(
  index: number,
  { root = here, env = {} }: { root?: string; env?: Record<string, string> } = {},
): Promise<{ readyFile: string; end: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'keyward-e2e-'));
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(AWS_|KEYWARD_|DATABASE_|NEXTAUTH_|NODE_OPTIONS$)/.test(name),
  );
  const child = spawn(process.execPath, ['--conditions=react-server', join(root, 'scripts', 'demo.ts')], {
    cwd: root,
    env: {
      ...Object.fromEntries(kept),
      ...env,
      NODE_ENV: 'production',
      PORT: String(await freeBasePort(index)),
      KEYWARD_DATA_DIR: folder,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const ready = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        if (output.includes('Ctrl-C ends it.')) resolve();
      });
    }
  });
  const end = async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const timeout = AbortSignal.timeout(300_000);
  const tooLate = new Promise<void>((resolve) => timeout.addEventListener('abort', () => resolve()));
  await Promise.race([ready, ended, tooLate]);
  if (!output.includes('Keyward is ready:') || child.exitCode !== null) {
    await end();
    throw new Error(`The demo did not start.\n${output}`);
  }
  return { readyFile: join(folder, 'ready.json'), end };
}

/**
 * A port that is free, with the two above it, and that no other of these demos takes. Below 32,768: from there on the system
 * gives ports to whoever connects somewhere, also after it was free here.
 */
async function freeBasePort(index: number): Promise<number> {
  for (;;) {
    const place = workers * Math.floor(Math.random() * (4_000 / workers)) + index;
    const port = 20_000 + 3 * place;
    const free = await Promise.all([0, 1, 2].map((offset) => isFree(port + offset)));
    if (free.every(Boolean)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
