/**
 * The process that renders the pages: Next.js, on a socket in a folder that no other user of this machine can enter. Nobody reaches
 * it but through the front server.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../project-root.ts';

export type RunningPages = {
  socket: string;
  /** Resolves once it answers. */
  ready: Promise<void>;
  /** The exit code, where it has ended by itself. */
  ended: Promise<number>;
  end(): Promise<void>;
};

/** What has not ended by itself so soon is ended: the front server has waited for all that was under way. */
const endsWithinMs = 500;

/** @param frontUrl where the front server is reached from this machine: Next.js asks itself there for what an action leads to */
export async function startPages(frontUrl: string): Promise<RunningPages> {
  const folder = mkdtempSync(join(tmpdir(), 'keyward-pages-'));
  const socket = join(folder, 'pages.sock');
  const child = fork(join(projectRoot, 'scripts', 'web', 'pages-process.ts'), [socket], {
    cwd: projectRoot,
    // Without the condition of this process, and in a session of its own: a Ctrl-C in the terminal reaches the front server alone.
    execArgv: [],
    detached: true,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      __NEXT_PRIVATE_ORIGIN: frontUrl,
    },
  });
  let hasEnded = false;
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      hasEnded = true;
      rmSync(folder, { recursive: true, force: true });
      resolve(code ?? 1);
    });
  });
  const ready = new Promise<void>((resolve) => {
    child.on('message', (message: PagesMessage) => {
      if (message.ready) resolve();
      // Whoever asks this process to end means all of it.
      if (message.asked) process.kill(process.pid, message.asked);
    });
  });
  return {
    socket,
    ready,
    ended,
    async end() {
      if (hasEnded) return;
      const timer = setTimeout(() => child.kill('SIGKILL'), endsWithinMs);
      if (child.connected) child.disconnect();
      await ended;
      clearTimeout(timer);
    },
  };
}

/** From the process of the pages. */
export type PagesMessage = { ready?: true; asked?: NodeJS.Signals };
