import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { projectRoot } from '../project-root.ts';
import type { Connection } from './seed.ts';

export interface BenchSimulator {
  /** What a process needs in its environment to be led there. */
  env: Record<string, string>;
  /** A role and a key of their own in the customer's account. */
  makeKey(name: string): Promise<Connection>;
  /** From now on every call takes that long before it is answered. */
  slowDown(ms: number): Promise<void>;
  forgetCalls(): Promise<void>;
  /** How many KMS calls each key had since. */
  countCalls(keyArn: string): Promise<number>;
  close(): void;
}

const accountId = '111122223333';
const region = 'us-east-1';

/** The AWS simulator in a process of its own, so that its work is not done in the process that is measured. */
export async function startSimulator(): Promise<BenchSimulator> {
  const credentials = {
    SIM_VENDOR_ACCESS_KEY_ID: `AKIA${randomBytes(8).toString('hex').toUpperCase()}`,
    SIM_VENDOR_SECRET_ACCESS_KEY: randomBytes(30).toString('base64url'),
  };
  const child = spawn(
    process.execPath,
    ['--conditions=react-server', join(projectRoot, 'e2e', 'aws-simulator', 'main.ts')],
    {
      env: { NODE_ENV: 'production', PATH: process.env.PATH, PORT: '0', ...credentials },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (line: Buffer) => resolve(/http:\S+/.exec(line.toString())?.[0] ?? ''));
    child.once('exit', () => reject(new Error('The AWS simulator ended.')));
  });
  const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${url}/_sim/${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`The AWS simulator refused ${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
  return {
    env: {
      AWS_ENDPOINT_URL_STS: url,
      AWS_ENDPOINT_URL_KMS: url,
      AWS_ACCESS_KEY_ID: credentials.SIM_VENDOR_ACCESS_KEY_ID,
      AWS_SECRET_ACCESS_KEY: credentials.SIM_VENDOR_SECRET_ACCESS_KEY,
      AWS_REGION: region,
      KEYWARD_ALLOWED_AWS_ENDPOINTS: url,
    },
    async makeKey(name) {
      const names = { roleName: `BYOK_Role_${name}`, aliasName: `alias/byok-${name}` };
      const { roleArn, keyArn } = (await ask('POST', 'ready-account', { accountId, region, ...names })) as Connection;
      return { region, roleArn, keyArn, externalId: 'kw-bench' };
    },
    slowDown: async (ms) => void (await ask('PUT', 'faults', ms > 0 ? [{ kind: 'latency', service: 'kms', ms }] : [])),
    forgetCalls: async () => void (await ask('DELETE', 'calls')),
    async countCalls(keyArn) {
      const calls = (await ask('GET', `calls?accountId=${accountId}`)) as { eventSource?: string }[];
      return calls.filter((call) => JSON.stringify(call).includes(keyArn)).length;
    },
    close: () => void child.kill('SIGTERM'),
  };
}
