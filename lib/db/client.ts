import 'server-only';
import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { Breaker } from './breaker.ts';
import { forgetDatabaseClock, setDatabaseClock } from './database-clock.ts';
import { Prisma, PrismaClient } from './generated/client.ts';

/** The whole database, or a transaction on it: every store function takes one of the two. */
export type Tx = Prisma.TransactionClient;

type Connection = { url: string; client: PrismaClient; settings: pg.PoolConfig; breaker: Breaker; bulk?: pg.Pool };
const holder = globalThis as typeof globalThis & { keywardDatabase?: Connection };

/**
 * The process's one client, made on first use from `DATABASE_URL`. Kept on `globalThis` because a server build may
 * hold this module more than once.
 */
export function db(): PrismaClient {
  return connection().client;
}

/** Connection string of the application's role, for what must hold a connection of its own (LISTEN, locks). */
export function databaseUrl(): string {
  return connection().url;
}

/** Connections beside those of the client, for what moves rows in bulk: it does not keep others waiting for theirs. */
export function bulkPool(): pg.Pool {
  const current = connection();
  current.bulk ??= current.breaker.pool({ ...current.settings, max: 6 });
  return current.bulk;
}

/** Points this process at another database (tests). What used the former one is disconnected. */
export async function switchDatabase(url: string, statementTimeoutMs?: number): Promise<void> {
  await closeDatabase();
  holder.keywardDatabase = connect(url, statementTimeoutMs);
}

export async function closeDatabase(): Promise<void> {
  const old = holder.keywardDatabase;
  holder.keywardDatabase = undefined;
  old?.breaker.close();
  forgetDatabaseClock();
  await Promise.all([old?.client.$disconnect(), old?.bulk?.end()]);
}

/** Runs `work` in one transaction. Never call anything over the network inside. */
export function transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return db().$transaction(work, { maxWait: 5_000, timeout: 15_000 });
}

/** Prisma gives the server's own code in its message alone: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const downWords =
  /connection terminated|terminating connection|server (has )?closed the connection|is not queryable|Operation has timed out|Can't reach database|the database system is|database is silent|Code: `(57P0[123]|08\w{3})`/i;

/** True where the database itself did not answer, as opposed to refusing a statement. */
export function isDatabaseDown(error: unknown): boolean {
  for (let current = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth++) {
    const code = 'code' in current ? String(current.code) : '';
    if (/^(P1001|P1002|P1008|P1017|P2024|ECONNREFUSED|ECONNRESET|ENOTFOUND|EPIPE|57P0[123]|08\d\d\d)$/.test(code))
      return true;
    if (current instanceof Prisma.PrismaClientInitializationError) return true;
    if (downWords.test(current.message)) return true;
  }
  return false;
}

const busyWords = /canceling statement due to statement timeout|timeout exceeded when trying to connect|Code: `53300`/i;

/**
 * True where the database works, but not for us now: a statement waited too long for somebody's lock, a transaction took
 * too long, or every connection was taken. Nothing was changed.
 */
export function isDatabaseBusy(error: unknown): boolean {
  for (let current = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth++) {
    const code = 'code' in current ? String(current.code) : '';
    if (/^(P2028|P2037|57014|53300)$/.test(code)) return true;
    if (busyWords.test(current.message)) return true;
  }
  return false;
}

/** True where a text holds a character that PostgreSQL does not store: NUL. */
export function isUnstorableText(error: unknown): boolean {
  for (let current = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth++)
    if (/invalid byte sequence for encoding|Code: `22021`/.test(current.message)) return true;
  return false;
}

/** True where a unique index said no: somebody else was first. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}

function connection(): Connection {
  if (!holder.keywardDatabase) {
    const url = process.env.DATABASE_URL;
    if (!url) throw new Error('DATABASE_URL is not set');
    holder.keywardDatabase = connect(url);
  }
  return holder.keywardDatabase;
}

/** Whoever waits for a lock that nobody gives back is told so, by the server, and the connection stays good. */
const longestStatementMs = 30_000;

function connect(url: string, statementTimeoutMs = longestStatementMs): Connection {
  const settings = {
    connectionString: url,
    max: 12,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    // So that each process reads the database's clock now and then, and finds a database that has moved.
    maxLifetimeSeconds: 600,
    application_name: 'keyward',
    // As a statement and not at the start of the connection, which not every pooler lets through.
    onConnect: async (client) => {
      // Between two owners a connection has no listener for a moment; an end that comes just then would end the process.
      client.on('error', () => undefined);
      const { rows } = await client.query<{ now: Date }>(
        "SELECT set_config('statement_timeout', $1, false), clock_timestamp() AS now",
        [String(Math.trunc(statementTimeoutMs))],
      );
      // A connection that was begun to a database which this process has left since tells nothing of the next one's clock.
      if (rows[0] && holder.keywardDatabase?.breaker === breaker) setDatabaseClock(rows[0].now);
    },
  } satisfies pg.PoolConfig;
  // Minimal: without the lines of code and the arguments of the call, which have no place in a log.
  const breaker = new Breaker(url);
  const adapter = new PrismaPg(breaker.pool(settings), { disposeExternalPool: true });
  const client = new PrismaClient({ adapter, log: [], errorFormat: 'minimal' });
  return { url, client, settings, breaker };
}
