import { spawn } from 'node:child_process';
import { projectRoot } from '../project-root.ts';

export interface Command {
  /** For this Node: script and arguments. */
  args: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** Shows the output while it comes; otherwise it is only answered. */
  loud?: boolean;
}

/** Runs a program of the project to its end; never rejects for its exit code. */
export function runNode({ args, env = {}, loud = false }: Command): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: projectRoot,
      stdio: ['ignore', loud ? 'inherit' : 'pipe', loud ? 'inherit' : 'pipe'],
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output: output.trimEnd() }));
  });
}
