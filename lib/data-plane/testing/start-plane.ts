/** For tests: starts plane-process.ts with the configuration of this process. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { getConfig } from '../../config/config.ts';

export type PlaneProcess = {
  url: string;
  /** Bytes in memory now, as the operating system counts them. */
  memory(): Promise<number>;
  end(): Promise<void>;
};

export async function startPlane(): Promise<PlaneProcess> {
  const config = getConfig();
  const script = new URL('./plane-process.ts', import.meta.url).pathname;
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
      KEYWARD_LOG_LEVEL: 'error',
    },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const line = await lines.next();
    if (line.done) throw new Error('the data plane has ended');
    return line.value;
  };
  return {
    url: await next(),
    async memory() {
      child.stdin.write('memory\n');
      return Number(await next());
    },
    async end() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}
