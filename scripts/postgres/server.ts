/**
 * An embedded PostgreSQL: initialised once per data folder, started and stopped by whoever needs it.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { identify, type ProcessIdentity } from '../processes/identity.ts';
import { stopProcess } from '../processes/stop.ts';
import { postgresBinary, postgresRunner, type Runner } from './binaries.ts';
import { shutdown } from './shutdown.ts';
import { stopStalePostmaster } from './stale.ts';

export interface StartPostgres {
  /** The server's own folder is `postgres` below this one; made when absent. */
  dataDir: string;
  /** Any free one by default. */
  port?: number;
  /** `false` gives up surviving a power failure, for tests. Default `true`. */
  durable?: boolean;
}

export interface RunningPostgres {
  port: number;
  /** Connects to the database `postgres` as the superuser. */
  superuserUrl: string;
  process: ProcessIdentity;
  /** Ends every connection and the server, within two seconds; safe to call again. */
  stop(): Promise<void>;
}

const superuser = 'keyward_superuser';

/**
 * Starts the server of a data folder on 127.0.0.1. A server left over from a killed run is stopped first.
 * Throws an Error with a sentence and the end of the server's log when it does not come up within 30 s.
 */
export async function startPostgres({ dataDir, port, durable = true }: StartPostgres): Promise<RunningPostgres> {
  const home = join(dataDir, 'postgres');
  const cluster = join(home, 'cluster');
  const runner = postgresRunner();
  mkdirSync(home, { recursive: true, mode: 0o700 });
  own(home, runner);
  await stopStalePostmaster(cluster);
  const password = initialise(home, cluster, runner);
  for (let attempt = 1; ; attempt += 1) {
    const chosen = port ?? (await freePort());
    const started = await launch({ home, cluster, runner, durable, port: chosen, password });
    if (started.ok) return started.server;
    // Somebody else may have taken the port between our look and PostgreSQL's: another look, unless it was given.
    if (port !== undefined || attempt === 3) throw new Error(`PostgreSQL did not start. ${started.log}`);
  }
}

/** A port of 127.0.0.1 that nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('There is no free port.')),
      );
    });
  });
}

/** Makes the cluster in a folder beside and renames it, so that an interrupted start leaves none that is half done. */
function initialise(home: string, cluster: string, runner: Runner): string {
  const passwordFile = join(home, 'superuser-password');
  if (existsSync(join(cluster, 'PG_VERSION'))) return readFileSync(passwordFile, 'utf8').trim();
  const password = randomBytes(24).toString('base64url');
  const unfinished = `${cluster}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  rmSync(passwordFile, { force: true });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  own(passwordFile, runner);
  const args = [
    `--pgdata=${unfinished}`,
    `--username=${superuser}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--locale=C.UTF-8',
    '--no-instructions',
    '--no-sync',
  ];
  const [command = '', ...rest] = [...runner.prefix, postgresBinary('initdb'), ...args];
  const done = spawnSync(command, rest, { encoding: 'utf8', uid: runner.uid, gid: runner.gid, env: plainEnv() });
  if (done.status !== 0) throw new Error(`PostgreSQL could not be initialised. ${done.stderr ?? done.error?.message}`);
  renameSync(unfinished, cluster);
  return password;
}

interface Launch {
  home: string;
  cluster: string;
  runner: Runner;
  durable: boolean;
  port: number;
  password: string;
}

type Launched = { ok: true; server: RunningPostgres } | { ok: false; log: string };

async function launch({ home, cluster, runner, durable, port, password }: Launch): Promise<Launched> {
  const settings = [
    ['listen_addresses', '127.0.0.1'],
    ['unix_socket_directories', ''],
    ['max_connections', '200'],
    ...(durable
      ? []
      : [
          ['fsync', 'off'],
          ['synchronous_commit', 'off'],
          ['full_page_writes', 'off'],
        ]),
  ].flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const logFile = join(home, 'server.log');
  const log = openSync(logFile, 'w', 0o600);
  const [command = '', ...args] = [
    ...runner.prefix,
    postgresBinary('postgres'),
    ...['-D', cluster, '-p', String(port), ...settings],
  ];
  // A session of its own: Ctrl-C in the terminal must reach the launcher alone, which ends PostgreSQL last.
  const child = spawn(command, args, {
    detached: true,
    stdio: ['ignore', log, log],
    uid: runner.uid,
    gid: runner.gid,
    env: plainEnv(),
  });
  closeSync(log);
  child.unref();
  child.once('error', () => undefined);
  const known = identify(child.pid ?? 0);
  const superuserUrl = `postgresql://${superuser}:${password}@127.0.0.1:${port}/postgres`;
  if (known && (await answers(superuserUrl, known))) {
    const guard = watchOver(known);
    const stop = async () => {
      await stopProcess(known, shutdown);
      guard.kill();
    };
    return { ok: true, server: { port, superuserUrl, process: known, stop } };
  }
  if (known) await stopProcess(known, shutdown);
  return { ok: false, log: readFileSync(logFile, 'utf8').split('\n').slice(-8).join('\n') };
}

/** Ends the server when this process is gone, however it went. */
function watchOver({ pid, startedAt }: ProcessIdentity): ChildProcess {
  const script = join(import.meta.dirname, 'guard.ts');
  const guard = spawn(process.execPath, [script, String(pid), startedAt], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: plainEnv(),
  });
  guard.once('error', () => undefined);
  guard.unref();
  (guard.stdin as Socket).unref();
  return guard;
}

async function answers(url: string, server: ProcessIdentity): Promise<boolean> {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline && identify(server.pid)?.startedAt === server.startedAt) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
    try {
      await client.connect();
      await client.end();
      return true;
    } catch {
      await client.end().catch(() => undefined);
      await sleep(40);
    }
  }
  return false;
}

/** PostgreSQL reads PG… and locale variables: ours must not change what it does. */
function plainEnv(): NodeJS.ProcessEnv {
  const { NODE_ENV, PATH, HOME, TMPDIR } = process.env;
  return { NODE_ENV, PATH, HOME, TMPDIR, LC_ALL: 'C', TZ: 'UTC' };
}

function own(path: string, { uid, gid }: Runner): void {
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
}
