/**
 * Brings a database to this version: our tables, the job library's, and what the application's role may do with both.
 */
import pg from 'pg';
import { openEngine } from './engine.ts';
import { type Migrations, readMigrations } from './folder.ts';
import { grantToApplication } from './grants.ts';
import { refuseStrangeHistory } from './history.ts';
import { installJobs } from './jobs-schema.ts';

export interface Migrate {
  /** The role that owns the database, or becomes the owner of what is made in it. */
  ownerUrl: string;
  /** The application's role gets its rights here; left out, or with the same role, nothing is granted. */
  appUrl?: string;
  /** This version's migrations; others for tests. */
  migrations?: Migrations;
}

export interface Migrated {
  /** The names of the migrations that were applied now: none when there was nothing to do. */
  applied: string[];
}

/** Any number that nobody else locks: two who migrate at once take turns. */
const lockKey = 7_239_114_530;

/**
 * Throws `MigrationRefused`, with nothing touched, when the database is of a newer version or has a history that is not
 * ours; any other error is PostgreSQL's. Running it again changes nothing.
 */
export async function migrate({ ownerUrl, appUrl, migrations = readMigrations() }: Migrate): Promise<Migrated> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await owner.query('SELECT pg_advisory_lock($1)', [lockKey]);
    await refuseStrangeHistory(owner, migrations);
    const applied = await apply(ownerUrl, migrations);
    await installJobs(ownerUrl);
    if (appUrl) await grantToApplication(owner, roleOf(appUrl));
    return { applied };
  } finally {
    await owner.end();
  }
}

async function apply(ownerUrl: string, migrations: Migrations): Promise<string[]> {
  const engine = await openEngine(ownerUrl);
  try {
    return await engine.apply(migrations);
  } finally {
    await engine.close();
  }
}

function roleOf(url: string): string {
  const { username } = new URL(url);
  return decodeURIComponent(username);
}
