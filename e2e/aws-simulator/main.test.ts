import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { VENDOR_CALLER_ARN } from './world-defaults.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

describe('the simulator as a process', () => {
  it('prints its address, serves the credentials that it was given, and ends on SIGTERM', async () => {
    const credentials = { accessKeyId: 'AKIAGIVENBYTHELAUNCH', secretAccessKey: 'a secret of the launcher' };
    const { process: child, output } = start({
      SIM_VENDOR_ACCESS_KEY_ID: credentials.accessKeyId,
      SIM_VENDOR_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    });
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(await output)?.[0];
    const sts = new STSClient({ endpoint: url, region: 'us-east-1', credentials });
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({ Arn: VENDOR_CALLER_ARN });
    sts.destroy();
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it.each([
    [{ HOST: '0.0.0.0' }, 'HOST must be a loopback address'],
    [{ PORT: 'http' }, 'PORT is not a port number'],
  ])('refuses %j', async (env, message) => {
    const { process: child, output } = start(env);
    const [code] = await once(child, 'exit');
    expect(code).toBe(1);
    expect(await output).toContain(message);
  });
});

/** `output` is the first thing that the process says. */
function start(env: Record<string, string>): { process: ChildProcess; output: Promise<string> } {
  const child = spawn(process.execPath, [MAIN], {
    env: { ...process.env, PORT: '0', ...env },
  });
  const output = new Promise<string>((resolve) => {
    child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => resolve(chunk.toString()));
  });
  return { process: child, output };
}
