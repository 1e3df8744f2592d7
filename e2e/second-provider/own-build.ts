/**
 * A build of its own with the second provider: a copy of the sources in which one line of package.json leads to other registries.
 * Nothing else differs, so that whatever runs there runs as it does here.
 */
import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
export const copy = join(root, '.keyward', 'second-provider');

/** What is made or installed, and what stays from the last time: a build of the same sources need not be done again. */
const left = new Set(['node_modules', '.git', '.next', '.keyward', '.ci', 'test-results', 'playwright-report']);

/** Copies and builds. @throws Error with what the build said */
export async function makeOwnBuild(): Promise<string> {
  mkdirSync(copy, { recursive: true });
  for (const name of readdirSync(copy)) if (!left.has(name)) rmSync(join(copy, name), { recursive: true, force: true });
  for (const name of readdirSync(root))
    if (!left.has(name)) cpSync(join(root, name), join(copy, name), { recursive: true });
  putIn(join(copy, 'package.json'));
  // A repository of its own to what asks: the one around it ignores this folder.
  mkdirSync(join(copy, '.git'), { recursive: true });
  linkPackages();
  const { code, output } = await runThere('build', {});
  if (code !== 0) throw new Error(`The build with the second provider failed.\n${output}`);
  return copy;
}

/** The one alias: three lines that name registries become one that names the folder of others. */
function putIn(file: string): void {
  const packaged = JSON.parse(readFileSync(file, 'utf8'));
  const kept = Object.entries(packaged.imports).filter(([name]) => !name.startsWith('#providers/'));
  packaged.imports = { ...Object.fromEntries(kept), '#providers/*': './e2e/second-provider/registry/*' };
  writeFileSync(file, `${JSON.stringify(packaged, null, 2)}\n`);
}

/** The same files under another name, since a bundler looks at nothing outside of the folder that it is run in. */
function linkPackages(): void {
  const [from, to] = [join(root, 'node_modules'), join(copy, 'node_modules')];
  const installed = '.package-lock.json';
  const asInstalled = readFileSync(join(from, installed), 'utf8');
  if (existsSync(join(to, installed)) && readFileSync(join(to, installed), 'utf8') === asInstalled) return;
  rmSync(to, { recursive: true, force: true });
  for (const name of readdirSync(from))
    if (name !== '.cache' && name !== installed) link(join(from, name), join(to, name));
  mkdirSync(to, { recursive: true });
  writeFileSync(join(to, installed), asInstalled);
}

function link(from: string, to: string): void {
  mkdirSync(join(to, '..'), { recursive: true });
  const what = lstatSync(from);
  if (what.isSymbolicLink()) symlinkSync(readlinkSync(from), to);
  else if (!what.isDirectory()) linkSync(from, to);
  else for (const name of readdirSync(from)) link(join(from, name), join(to, name));
}

/** Files of the product in which the compiler finds an error there. */
export async function typeErrorsThere(): Promise<string[]> {
  const { output } = await run([join(copy, 'node_modules', 'typescript', 'bin', 'tsc'), '--noEmit', '-p', copy], {});
  const files = output.split('\n').flatMap((line) => /^(.+?)\(\d+,\d+\): error /.exec(line)?.[1] ?? []);
  return [...new Set(files)].filter((file) => /^(app|components|lib|scripts|prisma)\//.test(file));
}

/** A command of the copy's, as npm would start it, to its end. */
export function runThere(command: string, more: Record<string, string>): Promise<Ended> {
  return run(['--conditions=react-server', join(copy, 'scripts', 'run.ts'), command], more);
}

type Ended = { code: number | null; output: string };

function run(args: readonly string[], more: Record<string, string>): Promise<Ended> {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(AWS_|KEYWARD_|DATABASE_|NEXTAUTH_|NODE_|npm_|PORT$|(NO|FORCE)_COLOR$)/.test(name),
  );
  const child = spawn(process.execPath, args, {
    cwd: copy,
    env: { NODE_ENV: 'production', ...Object.fromEntries(kept), ...more },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (output += piece));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}
