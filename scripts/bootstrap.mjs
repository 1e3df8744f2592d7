/**
 * Where every `npm run` begins. Plain JavaScript without dependencies for any Node from 20 on, since nothing may be
 * installed yet: it installs what is missing and hands over to the Node that the project ships, which runs the command
 * `scripts/<command>.ts` by its own type stripping (run.ts). Commands of production install nothing.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
let shippedNode = join(modules, '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
const [command = '', ...rest] = process.argv.slice(2);

if (!/^[a-z][a-z-]*$/.test(command) || !existsSync(join(root, 'scripts', `${command}.ts`))) {
  console.error(`There is no command "${command}".`);
  process.exit(2);
}
install();
run();

/**
 * Production starts on what was installed, with or without development packages, or says in a sentence what is missing. The Node
 * that started this serves in place of the shipped one where it is as new.
 */
function refuseUnprepared() {
  if (!isComplete(({ dev, devOptional, optional }) => dev || devOptional || optional))
    refuse(
      "Keyward's packages are not installed as package-lock.json requires. Run `npm install --no-save --omit=dev`, or `npm run build`, which also installs what builds need.",
    );
  if (existsSync(shippedNode)) return;
  const least = 24;
  if (Number(process.versions.node.split('.')[0]) < least)
    refuse(
      `Keyward needs Node ${least} or newer, and this is ${process.version}. The one in its packages was not installed (npm with --ignore-scripts leaves it out).`,
    );
  shippedNode = process.execPath;
}

function refuse(sentence) {
  console.error(`${sentence} Nothing was started.`);
  process.exit(1);
}

/** Follows the lockfile to the letter and leaves it alone; skipped while neither file has changed since the last time. */
function install() {
  if (['start', 'worker', 'data-plane', 'migrate', 'operator', 'tenant', 'person', 'app'].includes(command))
    return refuseUnprepared();
  const marker = join(modules, '.keyward-install');
  const wanted = hashOf('package.json', 'package-lock.json');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted && existsSync(shippedNode)) return;
  if (!existsSync(shippedNode) || !isComplete(({ optional }) => optional)) {
    console.log('Installing what is missing (about a minute) …');
    const npm = [
      'install',
      '--no-save',
      '--include=dev',
      '--prefer-offline',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ];
    // NODE_ENV=production would leave out what builds and tests.
    const done = spawnSync('npm', npm, {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, NODE_ENV: '' },
      shell: process.platform === 'win32',
    });
    if (done.signal === 'SIGINT' || done.status === 130) process.exit(130);
    if (done.error || done.status !== 0 || !existsSync(shippedNode)) {
      console.error('npm could not install what Keyward needs; see above. It needs the npm registry only once.');
      process.exit(1);
    }
  }
  writeFileSync(marker, wanted);
}

/** Whether what npm has installed here before is what the lockfile asks for, but for what may be left out; then no network is needed. */
function isComplete(mayBeLeftOut) {
  try {
    const installed = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8')).packages;
    const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
    return Object.entries(wanted).every(
      ([path, entry]) => path === '' || mayBeLeftOut(entry) || installed[path]?.version === entry.version,
    );
  } catch {
    return false;
  }
}

function hashOf(...names) {
  const hash = createHash('sha256');
  for (const name of names) hash.update(readFileSync(join(root, name))).update('\0');
  return hash.digest('hex');
}

/**
 * `react-server` is what modules marked `server-only` ask for outside a bundler. Where this Node can, the command takes this process's
 * place: whoever signals or waits for it has one process before them. Otherwise it is a child, which ends when the channel to it does.
 */
function run() {
  const args = ['--conditions=react-server', join(root, 'scripts', 'run.ts'), command, ...rest];
  const env = {
    ...process.env,
    PATH: `${join(modules, '.bin')}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH ?? ''}`,
    NEXT_TELEMETRY_DISABLED: '1',
    // What Node makes of our sources is kept, so that a second start is quicker.
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(modules, '.cache', 'keyward-node'),
  };
  if (process.execve && process.platform !== 'win32') {
    process.chdir(root);
    // It is called experimental, which is nothing that whoever runs a command has to know.
    process.removeAllListeners('warning');
    process.execve(shippedNode, [shippedNode, ...args], env);
  }
  const child = spawn(shippedNode, args, { cwd: root, stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env });
  // A terminal's Ctrl-C reaches the child by itself, a `kill` of this process does not: each is passed on once, and
  // the child takes a second one of the same kind for the first. Here they only must not end us before the child.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    let passedOn = false;
    process.on(signal, () => {
      if (!passedOn) child.kill(signal);
      passedOn = true;
    });
  }
  child.once('error', (error) => {
    console.error(`The command could not be started: ${error.message}`);
    process.exit(1);
  });
  child.once('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}
