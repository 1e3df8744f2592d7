import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PgBoss } from 'pg-boss';
import { jobNames } from '#lib/db/job-names.ts';

/** The schema that the job library keeps its tables in. */
export const jobsSchema = 'pgboss';

/**
 * Installs the job library's tables and our queues, or brings them up to the library's version, as the owner: the application's own
 * role may not, and starts the library with `migrate: false`.
 */
export async function installJobs(ownerUrl: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: ownerUrl,
    schema: jobsSchema,
    supervise: false,
    schedule: false,
    max: 2,
  });
  let failure: unknown;
  boss.on('error', (error) => {
    failure ??= error;
  });
  await boss.start();
  const made = new Set((await boss.getQueues()).map((queue) => queue.name));
  for (const name of jobNames)
    if (!made.has(name)) await boss.createQueue(name, { retryLimit: 0, expireInSeconds: 3_600 });
  await boss.stop({ graceful: false });
  if (failure) throw failure;
}

/** The version of the tables that the installed library knows. */
export function jobsSchemaVersion(): number {
  const entry = createRequire(import.meta.url).resolve('pg-boss');
  const { pgboss } = JSON.parse(readFileSync(join(dirname(entry), '..', 'package.json'), 'utf8')) as {
    pgboss: { schema: number };
  };
  return pgboss.schema;
}
