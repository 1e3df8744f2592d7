import 'server-only';
import { fromPrisma, PgBoss } from 'pg-boss';
import { bulkPool, databaseUrl, type Tx } from './client.ts';
import type { Jobs } from './job-names.ts';

const holder = globalThis as typeof globalThis & { keywardQueue?: { url: string; boss: Promise<PgBoss> } };

/**
 * Enqueues in the caller's transaction: gone when it rolls back, delivered when it commits. A job is a wake-up, not
 * the truth: what is due is read from the tables, so a lost or doubled job does no harm.
 */
export async function enqueue<N extends keyof Jobs>(tx: Tx, name: N, data: Jobs[N], startAfter: Date): Promise<void> {
  const boss = await sender();
  await boss.send(name, data, { db: fromPrisma(tx), startAfter, retryLimit: 0 });
}

export async function closeQueue(): Promise<void> {
  const old = holder.keywardQueue;
  holder.keywardQueue = undefined;
  if (old) await (await old.boss).stop({ graceful: false });
}

/** Also used by the worker: the same options, plus what only a worker does. */
export async function openQueue(options: { supervise: boolean }): Promise<PgBoss> {
  const boss = new PgBoss({
    // Who only sends needs no connections of its own, and is cut off with all others where the database is silent.
    ...(options.supervise
      ? { connectionString: databaseUrl(), application_name: 'keyward-jobs', max: 3 }
      : { db: { executeSql: (text: string, values?: unknown[]) => bulkPool().query(text, values) } }),
    migrate: false,
    createSchema: false,
    supervise: options.supervise,
    schedule: false,
    reindex: false,
  });
  // Without a listener an 'error' event would end the process; a database that is away is reported by health.
  boss.on('error', () => undefined);
  await boss.start();
  return boss;
}

function sender(): Promise<PgBoss> {
  const url = databaseUrl();
  if (holder.keywardQueue?.url !== url) {
    const boss = openQueue({ supervise: false });
    holder.keywardQueue = { url, boss };
    boss.catch(() => {
      if (holder.keywardQueue?.boss === boss) holder.keywardQueue = undefined;
    });
  }
  return holder.keywardQueue.boss;
}
