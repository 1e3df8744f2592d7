/**
 * `npm run test:production`: production as the README has it, in a clean copy of the project. Development packages are left
 * out, and so is what npm leaves of them; the build comes from here. Migrates, makes an operator, and starts the web process,
 * a worker and a data plane against a PostgreSQL of its own, each of which has to answer; nothing may be installed or made then.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureRoles, randomRolePasswords } from './postgres/roles.ts';
import { freePort, startPostgres } from './postgres/server.ts';
import { projectRoot } from './project-root.ts';
import { Refusal, runCommand } from './refusal.ts';
import { build, ensure, generate } from './steps.ts';

const children: ChildProcess[] = [];

await runCommand(async () => {
  await step('Building', () => ensure(build));
  const folder = mkdtempSync(join(tmpdir(), 'keyward-production-'));
  const dataDir = mkdtempSync(join(tmpdir(), 'keyward-production-db-'));
  const server = await startPostgres({ dataDir, durable: false });
  try {
    await step('Copying sources and build', async () => copyTo(folder));
    await step('Installing without development packages', async () => install(folder));
    const installed = stateOf(folder);
    const { env, web, dataPlane } = await environment(server.superuserUrl);
    await step('npm run migrate', async () => command(folder, env, 'migrate'));
    await step('npm run operator', async () => command(folder, env, 'operator', 'first@vendor.example'));
    const { DATABASE_OWNER_URL, ...running } = env;
    for (const name of ['worker', 'start', 'data-plane']) start(folder, running, name);
    await step('npm start, npm run worker', () => answers(`${web}/api/health`));
    await step('npm run data-plane', () => answers(`${dataPlane}/health`));
    if (stateOf(folder) !== installed)
      throw new Refusal('Something was installed or created again when production started.');
    console.log('Production starts without development packages.');
  } finally {
    for (const child of children) child.kill('SIGTERM');
    await Promise.all(children.map((child) => ended(child)));
    await server.stop();
    for (const made of [folder, dataDir]) rmSync(made, { recursive: true, force: true });
  }
});

/** The sources without what is made or installed, and the build. */
function copyTo(folder: string): void {
  const left = new Set(['node_modules', '.git', '.next', '.keyward', 'test-results', 'playwright-report']);
  const isSource = (path: string) => !left.has(relative(projectRoot, path).split('/')[0] ?? '');
  cpSync(projectRoot, folder, { recursive: true, filter: isSource });
  const isNoCache = (path: string) => relative(join(projectRoot, '.next'), path) !== 'cache';
  cpSync(join(projectRoot, '.next'), join(folder, '.next'), { recursive: true, filter: isNoCache });
}

function install(folder: string): void {
  const args = [
    'install',
    '--no-save',
    '--omit=dev',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const done = spawnSync('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'], env: plainEnv() });
  if (done.status !== 0) throw new Refusal('npm could not install the packages of production.');
  const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean }>;
  };
  for (const [path, { dev, devOptional }] of Object.entries(packages))
    if (dev || devOptional) rmSync(join(folder, path), { recursive: true, force: true });
  if (existsSync(join(folder, 'node_modules', 'prisma'))) throw new Refusal('A development package is still there.');
}

/** Changes when npm installs, or a client is generated. */
function stateOf(folder: string): string {
  const made = ['node_modules/.package-lock.json', generate.stamp, build.stamp];
  return made.map((file) => `${file} ${statSync(join(folder, file)).mtimeMs}`).join('\n');
}

async function environment(superuserUrl: string) {
  const { appUrl, ownerUrl } = await ensureRoles(superuserUrl, randomRolePasswords(), 'keyward');
  const [port, dataPlanePort] = [await freePort(), await freePort()];
  const web = `http://127.0.0.1:${port}`;
  const env = {
    ...plainEnv(),
    PORT: String(port),
    DATABASE_URL: appUrl,
    DATABASE_OWNER_URL: ownerUrl,
    KEYWARD_ROOT_KEY: randomBytes(32).toString('base64'),
    NEXTAUTH_SECRET: randomBytes(32).toString('base64'),
    NEXTAUTH_URL: web,
    KEYWARD_SERVICE_ROLE_ARN: 'arn:aws:iam::999988887777:role/KeywardService',
    KEYWARD_DATA_PLANE_PORT: String(dataPlanePort),
    // No one is asked for credentials from here.
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_REGION: 'us-east-1',
    KEYWARD_LOG_LEVEL: 'error',
  };
  return { env, web, dataPlane: `http://127.0.0.1:${dataPlanePort}` };
}

/** As from a terminal: nothing of this process's own settings. */
function plainEnv(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { NODE_ENV: 'production', PATH, HOME, TMPDIR };
}

function command(folder: string, env: NodeJS.ProcessEnv, ...args: string[]): void {
  const done = spawnSync(process.execPath, ['scripts/bootstrap.mjs', ...args], { cwd: folder, env, encoding: 'utf8' });
  if (done.status !== 0) throw new Refusal(`${args[0]} failed:\n${done.stdout}${done.stderr}`);
}

function start(folder: string, env: NodeJS.ProcessEnv, name: string): void {
  const child = spawn(process.execPath, ['scripts/bootstrap.mjs', name], { cwd: folder, env, stdio: 'inherit' });
  children.push(child);
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null)
    await new Promise<void>((resolve) => child.once('exit', () => resolve()));
}

async function answers(url: string): Promise<void> {
  for (const deadline = Date.now() + 90_000; Date.now() < deadline; await sleep(200)) {
    if (children.some(({ exitCode }) => exitCode !== null)) throw new Refusal('A process of production has ended.');
    const status = await fetch(url).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 200) return;
  }
  throw new Refusal(`${url} did not answer 200 in time.`);
}

async function step(name: string, work: () => Promise<unknown>): Promise<void> {
  const begin = performance.now();
  await work();
  console.log(`${name} … ${((performance.now() - begin) / 1000).toFixed(1)} s`);
}
