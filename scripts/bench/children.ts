/**
 * Processes of a bench: the one that runs the job, and the one that reads. Each is started afresh for every run, so that its
 * memory and its start belong to that run alone, and is ready before the clock runs.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { projectRoot } from '../project-root.ts';

export interface Child<Command, Answer> {
  ask(command: Command): Promise<Answer>;
  end(): Promise<void>;
}

/** What every process of one bench shares; made once, so that what one wraps another can unwrap. */
export function environmentOf(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  return {
    NODE_ENV: 'production',
    PATH: process.env.PATH,
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
    KEYWARD_ROOT_KEY: randomBytes(32).toString('base64'),
    NEXTAUTH_SECRET: randomBytes(32).toString('base64'),
    NEXTAUTH_URL: 'http://127.0.0.1:3000',
    KEYWARD_LOG_LEVEL: 'error',
    ...extra,
  };
}

/** @param script in this folder; it says `ready` and answers each message with one */
export async function startChild<Command extends object, Answer>(
  script: string,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<Child<Command, Answer>> {
  signal.throwIfAborted();
  const profiled = process.env.KEYWARD_BENCH_PROFILE
    ? ['--cpu-prof', `--cpu-prof-dir=${process.env.KEYWARD_BENCH_PROFILE}`]
    : [];
  const child = fork(join(projectRoot, 'scripts', 'bench', script), {
    execArgv: ['--conditions=react-server', ...profiled],
    env,
    signal,
    killSignal: 'SIGKILL',
  });
  child.on('error', () => undefined);
  await answerOf(child);
  return {
    async ask(command) {
      child.send(command);
      return (await answerOf(child)) as Answer;
    },
    async end() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.send({ do: 'end' });
      await ended;
    },
  };
}

function answerOf(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: unknown) => {
      child.off('exit', onExit);
      if (message instanceof Object && 'failed' in message) reject(new Error(String(message.failed)));
      else resolve(message);
    };
    const onExit = (code: number | null, signal: string | null) => {
      child.off('message', onMessage);
      reject(new Error(`A process of the bench ended (${signal ?? `exit code ${code}`}).`));
    };
    child.once('message', onMessage);
    child.once('exit', onExit);
  });
}
