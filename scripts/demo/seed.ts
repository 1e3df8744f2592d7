import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../project-root.ts';
import { Refusal } from '../refusal.ts';

/** What the seed answers with. */
export interface Seeded {
  /** E-mail addresses, all with the same password. */
  accounts: readonly string[];
  /** One fresh bearer token for the HTTP interface, per tenant. */
  tokens: readonly { tenant: string; token: string }[];
  /** A role and a key in the simulated AWS whose policies lack our external ID so far. */
  readyAccount?: { roleArn: string; keyArn: string; aliasArn: string };
}

/**
 * Seeds in a process of its own, since it uses the application's code, which reads its configuration from the
 * environment. Throws a `Refusal` with what that process said when it fails.
 */
export async function runSeed(
  env: NodeJS.ProcessEnv,
  simulatorUrl: string | undefined,
  signal: AbortSignal,
): Promise<Seeded> {
  const script = join(projectRoot, 'scripts', 'seed-demo.ts');
  const args = ['--conditions=react-server', script, ...(simulatorUrl ? [simulatorUrl] : [])];
  const child = spawn(process.execPath, args, {
    cwd: projectRoot,
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const stop = () => child.kill('SIGKILL');
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise<Seeded>((resolve, reject) => {
      let answer: Seeded | undefined;
      child.once('message', (message) => {
        answer = message as unknown as Seeded;
      });
      child.once('error', reject);
      child.once('close', (code) => {
        if (signal.aborted) reject(signal.reason);
        else if (code === 0 && answer) resolve(answer);
        else reject(new Refusal(output.trim() || `The seed ended with exit code ${code}.`));
      });
    });
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
