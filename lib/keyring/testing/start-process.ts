/** For tests: starts other-process.ts with the configuration of this process. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { getConfig } from '../../config/config.ts';
import { unlimited } from '../../operations/testing/world.ts';

export type OtherProcess = {
  ask(command: object): Promise<string>;
  /** Stops the process as it stands. */
  stop(): Promise<void>;
  /** Resolves when the process has stopped, also where it did so by itself. */
  stopped(): Promise<void>;
  resume(): void;
  end(): Promise<void>;
};

export function startProcess(): OtherProcess {
  const config = getConfig();
  const script = new URL('./other-process.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, ['--conditions=react-server', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      ...process.env,
      DATABASE_URL: config.databaseUrl,
      KEYWARD_ROOT_KEY: config.rootKey.toString('base64'),
      NEXTAUTH_SECRET: config.nextAuthSecret,
      NEXTAUTH_URL: config.nextAuthUrl,
      KEYWARD_SERVICE_ROLE_ARN: config.serviceRoleArn,
      KEYWARD_ALLOWED_AWS_ENDPOINTS: process.env.AWS_ENDPOINT_URL_KMS,
      KEYWARD_TENANT_LIMITS: unlimited,
      KEYWARD_LOG_LEVEL: 'error',
    },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(command) {
      child.stdin.write(`${JSON.stringify(command)}\n`);
      const line = await lines.next();
      if (line.done) throw new Error('the other process has ended');
      return line.value;
    },
    async stop() {
      child.kill('SIGSTOP');
      await isStopped(child.pid);
    },
    stopped: () => isStopped(child.pid),
    resume: () => void child.kill('SIGCONT'),
    async end() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** By the state that the kernel gives; https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
async function isStopped(pid: number | undefined): Promise<void> {
  for (;;) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    if (stat.slice(stat.lastIndexOf(')') + 2).startsWith('T')) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
