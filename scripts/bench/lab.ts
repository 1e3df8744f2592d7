/**
 * Where benches run: a PostgreSQL of their own with databases that are seeded once and cloned for every run of a side, so
 * that each finds the same tables, and none the dead rows of another.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../migrations/migrate.ts';
import { type DatabaseUrls, databaseUrls, ensureRoles, randomRolePasswords } from '../postgres/roles.ts';
import { startPostgres } from '../postgres/server.ts';

export interface Lab {
  /** Sizes are multiplied by it: 1 is what the goals are set for. */
  scale: number;
  /** Aborted when whoever started the benches wants them to end. */
  signal: AbortSignal;
  /** A folder for logs, gone at the end. */
  folder: string;
  /** A database with this version's tables, filled once. */
  makeTemplate<T>(seed: (urls: DatabaseUrls) => Promise<T>): Promise<Template<T>>;
}

export interface Template<T> {
  seeded: T;
  /** Runs `work` on a fresh copy, which is gone afterwards. */
  onClone<R>(work: (urls: DatabaseUrls) => Promise<R>): Promise<R>;
  drop(): Promise<void>;
}

export async function openLab({
  scale,
  signal,
}: Pick<Lab, 'scale' | 'signal'>): Promise<Lab & { close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'keyward-bench-'));
  const server = await startPostgres({ dataDir: folder, durable: false });
  const { superuserUrl } = server;
  const passwords = randomRolePasswords();
  await ensureRoles(superuserUrl, passwords);
  // A checkpoint in the middle of one side and not of the other would be measured, too.
  await run(
    superuserUrl,
    "ALTER SYSTEM SET max_wal_size = '16GB'",
    "ALTER SYSTEM SET checkpoint_timeout = '1h'",
    'SELECT pg_reload_conf()',
  );

  const create = async (options: string): Promise<{ name: string; urls: DatabaseUrls }> => {
    const name = `bench_${randomBytes(6).toString('hex')}`;
    await run(superuserUrl, `CREATE DATABASE ${name} OWNER keyward_owner ${options}`);
    return { name, urls: databaseUrls(superuserUrl, passwords, name) };
  };
  const drop = (name: string) => run(superuserUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);

  return {
    scale,
    signal,
    folder,
    async makeTemplate(seed) {
      const { name: template, urls } = await create('');
      await migrate(urls);
      const seeded = await seed(urls);
      await run(urls.ownerUrl, 'VACUUM ANALYZE');
      return {
        seeded,
        async onClone(work) {
          signal.throwIfAborted();
          const clone = await create(`TEMPLATE ${template} STRATEGY FILE_COPY`);
          try {
            await run(superuserUrl, 'CHECKPOINT');
            return await work(clone.urls);
          } finally {
            await drop(clone.name);
          }
        },
        drop: () => drop(template),
      };
    },
    async close() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Each statement by itself: some of them refuse to run in a transaction. */
async function run(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
