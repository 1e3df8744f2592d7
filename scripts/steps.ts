/**
 * Steps that need not be done again while what they read has not changed: generating the database client, and the
 * production build. What they were last done with is kept as a hash beside their result.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { projectRoot } from './project-root.ts';

export interface Step {
  /** For messages: `build`. */
  name: string;
  /** Files and folders that the result depends on, below the project's root. */
  inputs: readonly string[];
  /** The hash of the inputs is written here once the step has succeeded, and removed before it begins. */
  stamp: string;
  /** Must be there, or the step is done whatever the hash says. */
  result: string;
  /** Removed before the step begins and when it fails: without it nothing starts on what an earlier or half a step left. */
  discard: string;
  command: () => readonly string[];
}

const require = createRequire(import.meta.url);

export const generate: Step = {
  name: 'generate',
  inputs: ['prisma/schema.prisma', 'prisma.config.ts', 'package-lock.json'],
  // Beside its result, so that a build that is copied elsewhere brings both.
  stamp: 'lib/db/generated/.keyward-inputs',
  result: 'lib/db/generated/client.ts',
  discard: 'lib/db/generated',
  command: () => [join(dirname(require.resolve('prisma/package.json')), 'build/index.js'), 'generate', '--no-hints'],
};

export const build: Step = {
  name: 'build',
  inputs: [
    ...['app', 'components', 'lib', 'public', 'prisma/schema.prisma'],
    ...['instrumentation.ts', 'proxy.ts', 'next.config.js', 'postcss.config.mjs', 'tsconfig.json'],
    ...['package.json', 'package-lock.json'],
  ],
  stamp: '.next/keyward-inputs',
  result: '.next/BUILD_ID',
  discard: '.next/BUILD_ID',
  command: () => [require.resolve('next/dist/bin/next'), 'build'],
};

export type StepOutcome = 'done' | 'unchanged';

export class StepFailed extends Error {
  override name = 'StepFailed';
}

/**
 * Does the step unless its inputs are those of the last time. Its output is shown only when it fails, unless `loud`.
 * Throws `StepFailed`; whatever the step left behind then does not count as its result.
 */
export async function ensure(
  step: Step,
  { loud = false, signal }: { loud?: boolean; signal?: AbortSignal } = {},
): Promise<StepOutcome> {
  const stamp = join(projectRoot, step.stamp);
  const result = join(projectRoot, step.result);
  const before = hashOf(step.inputs);
  if (existsSync(result) && existsSync(stamp) && readFileSync(stamp, 'utf8') === before) return 'unchanged';
  rmSync(stamp, { force: true });
  const discard = () => rmSync(join(projectRoot, step.discard), { recursive: true, force: true });
  discard();
  const { code, output } = await run(step.command(), loud, signal).catch((error: unknown) => {
    discard();
    throw error;
  });
  if (code !== 0) {
    discard();
    throw new StepFailed(`${step.name} failed.${loud ? '' : `\n${output}`}`);
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, before);
  return 'done';
}

/** Whether what generates and builds is installed: production does without, and npm leaves some of it even so. */
export function hasDevelopmentPackages(): boolean {
  const { devDependencies } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  return Object.keys(devDependencies).every((name) => existsSync(join(projectRoot, 'node_modules', name)));
}

/** Whether the result is there and made from the inputs as they are now. */
export function isCurrent(step: Step): boolean {
  const stamp = join(projectRoot, step.stamp);
  return (
    existsSync(join(projectRoot, step.result)) &&
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === hashOf(step.inputs)
  );
}

function run(
  command: readonly string[],
  loud: boolean,
  signal?: AbortSignal,
): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, {
      cwd: projectRoot,
      stdio: ['ignore', loud ? 'inherit' : 'pipe', loud ? 'inherit' : 'pipe'],
      env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', NODE_OPTIONS: '' },
      signal,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Names and contents of all files below the inputs. What is generated, and tests, do not count. */
function hashOf(inputs: readonly string[]): string {
  const hash = createHash('sha256').update(process.version);
  const visit = (path: string): void => {
    const full = join(projectRoot, path);
    if (!existsSync(full)) return void hash.update(`${path} is not there\0`);
    if (statSync(full).isDirectory()) {
      for (const name of readdirSync(full).sort()) if (!isIgnored(`${path}/${name}`)) visit(`${path}/${name}`);
    } else {
      hash.update(`${path}\0`).update(readFileSync(full)).update('\0');
    }
  };
  for (const input of inputs) visit(input);
  return hash.digest('hex');
}

function isIgnored(path: string): boolean {
  return path === 'lib/db/generated' || path.endsWith('/testing') || /\.test\.tsx?$|\.md$/.test(path);
}
