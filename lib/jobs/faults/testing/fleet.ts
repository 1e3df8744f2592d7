/** For tests: application processes and workers of one installation, which are killed, restarted and listened to. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { getConfig } from '../../../config/config.ts';
import { unlimited } from '../../../operations/testing/world.ts';
import type { Act, AppOrders, Said, Sealed } from './messages.ts';

export type Kind = 'app' | 'worker';
export type Member = { kind: Kind; pid: number; kill(): Promise<void> };
export type Refused = { what: Act; code: string; detail: string };

/** What application processes wrote; all of it must open at the end. */
export type Ledger = { sealed: Sealed[]; recordIds: Set<string> };

export type Fleet = {
  ledger: Ledger;
  /** Errors that services saw, oldest first. */
  refused: Refused[];
  /** How much was read, in items. */
  read(): number;
  /** Starts a process and waits until it runs. */
  start(kind: Kind): Promise<Member>;
  /** Those that run; one that has only begun is none. */
  members(kind?: Kind): Member[];
  /** Asks every process of a kind to end, and waits. A process that ends with an error fails this. */
  end(kind?: Kind): Promise<void>;
  /** The last lines that processes logged. */
  tail(): string;
  /** Ends whatever is left, at once. */
  close(): Promise<void>;
};

type Running = Member & { child: ChildProcess };

/** Few, so that a change has a middle even where it moves few data keys. */
const rewrapCallsAtOnce = 3;

/** @param kmsTimeoutMs how long the processes wait for a key service */
export function makeFleet(orders: Omit<AppOrders, 'known'>, kmsTimeoutMs: number): Fleet {
  const ledger: Ledger = { sealed: [], recordIds: new Set() };
  const refused: Refused[] = [];
  const running = new Set<Running>();
  const all = new Set<Running>();
  let read = 0;
  let logged = '';
  const hear = (message: Said) => {
    if (message.say === 'sealed') ledger.sealed.push(...message.items);
    if (message.say === 'stored') for (const id of message.ids) ledger.recordIds.add(id);
    if (message.say === 'read') read += message.count;
    if (message.say === 'refused') refused.push(message);
  };
  const members = (kind?: Kind) => [...running].filter((member) => !kind || member.kind === kind);

  return {
    ledger,
    refused,
    read: () => read,
    members,
    tail: () => logged,
    async start(kind) {
      const child = spawnMember(kind, { ...orders, known: sample(ledger.sealed) }, kmsTimeoutMs);
      for (const stream of [child.stdout, child.stderr])
        stream?.on('data', (chunk: Buffer) => (logged = `${logged}${kind} ${child.pid}: ${chunk}`.slice(-20_000)));
      child.on('message', hear);
      const member: Running = { kind, pid: child.pid ?? 0, child, kill: () => kill(child) };
      all.add(member);
      child.once('exit', () => {
        all.delete(member);
        running.delete(member);
      });
      await new Promise<void>((resolve, reject) => {
        child.on('message', (message: Said) => message.say === 'running' && resolve());
        child.once('exit', () => reject(new Error(`a process of kind ${kind} ended at its start: ${logged}`)));
      });
      running.add(member);
      return member;
    },
    async end(kind) {
      const ends = members(kind).map(async ({ child }) => {
        const exited = once(child, 'close');
        child.send('end');
        const [code, signal] = await exited;
        if (code !== 0) throw new Error(`a process of kind ${kind ?? 'any'} ended with ${code ?? signal}: ${logged}`);
      });
      await Promise.all(ends);
    },
    close: async () => void (await Promise.all([...all].map((member) => member.kill()))),
  };
}

/** They take a while to begin: what Node makes of the sources is kept for the next one. */
function spawnMember(kind: Kind, orders: AppOrders, kmsTimeoutMs: number): ChildProcess {
  const script = new URL(`./${kind}-process.ts`, import.meta.url).pathname;
  const config = getConfig();
  return spawn(process.execPath, ['--conditions=react-server', script, JSON.stringify(orders)], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...process.env,
      DATABASE_URL: config.databaseUrl,
      KEYWARD_ROOT_KEY: config.rootKey.toString('base64'),
      NEXTAUTH_SECRET: config.nextAuthSecret,
      NEXTAUTH_URL: config.nextAuthUrl,
      KEYWARD_SERVICE_ROLE_ARN: config.serviceRoleArn,
      KEYWARD_ALLOWED_AWS_ENDPOINTS: process.env.AWS_ENDPOINT_URL_KMS,
      KEYWARD_KMS_TIMEOUT_MS: String(kmsTimeoutMs),
      KEYWARD_REWRAP_CALLS_AT_ONCE: String(rewrapCallsAtOnce),
      KEYWARD_TENANT_LIMITS: unlimited,
      KEYWARD_LOG_LEVEL: 'error',
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? 'node_modules/.cache/keyward-node',
    },
  });
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  // What it had said before still arrives: the channel is read to its end.
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  await closed;
}

/** Some of what was written before, old and new, for a process that has just begun. */
function sample(sealed: Sealed[]): Sealed[] {
  const wanted = 30;
  const step = Math.max(1, Math.floor(sealed.length / wanted));
  return sealed.filter((_, index) => index % step === 0).slice(0, 2 * wanted);
}
