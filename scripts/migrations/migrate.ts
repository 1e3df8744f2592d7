/**
 * Brings a database to this version: our tables, the job library's, and what the application's role may do with both.
 */
import { hostname } from 'node:os';
import pg from 'pg';
import { leadsThroughPooler, poolerSentence } from '#lib/db/check-database.ts';
import { explainConnection } from '#lib/db/explain-connection.ts';
import { applyMigrations } from './apply.ts';
import { type Migrations, readMigrations } from './folder.ts';
import { grantToApplication } from './grants.ts';
import { MigrationRefused, refuseStrangeHistory } from './history.ts';
import { installJobs } from './jobs-schema.ts';
import { takeMigrationLock } from './lock.ts';
import { fillProviders } from './providers.ts';

export interface Migrate {
  /** The role that owns the database, or becomes the owner of what is made in it. */
  ownerUrl: string;
  /** The application's role gets its rights here; left out, or with the same role, nothing is granted. */
  appUrl?: string;
  /** This version's migrations; others for tests. */
  migrations?: Migrations;
  /** How long to wait for another migration to end. */
  lockWaitMs?: number;
}

export interface Migrated {
  /** The names of the migrations that were applied now: none when there was nothing to do. */
  applied: string[];
}

/**
 * Throws `MigrationRefused`, with nothing touched, when the database cannot be reached, is of a newer version, has a history
 * that is not ours, or is being migrated by somebody else; any other error is PostgreSQL's. Running it again changes nothing.
 */
export async function migrate({
  ownerUrl,
  appUrl,
  migrations = readMigrations(),
  lockWaitMs = 60_000,
}: Migrate): Promise<Migrated> {
  const owner = await connect(ownerUrl);
  try {
    await refusePooler(owner, ownerUrl);
    await takeMigrationLock(owner, lockWaitMs);
    await refuseStrangeHistory(owner, migrations);
    const applied = await applyMigrations(owner, migrations).catch((error: unknown) => {
      throw notTheOwner(error);
    });
    await fillProviders(owner);
    await installJobs(ownerUrl);
    if (appUrl) await grantToApplication(owner, roleOf(appUrl));
    return { applied };
  } finally {
    await owner.end();
  }
}

async function connect(ownerUrl: string): Promise<pg.Client> {
  const owner = new pg.Client({
    connectionString: ownerUrl,
    application_name: `keyward-migrate ${hostname()} ${process.pid}`.slice(0, 63),
    connectionTimeoutMillis: 10_000,
  });
  owner.on('error', () => undefined);
  await owner.connect().catch(async (error: unknown) => {
    await owner.end().catch(() => undefined);
    const sentence = explainConnection(error, 'DATABASE_OWNER_URL');
    throw sentence ? new MigrationRefused(`${sentence} Nothing was changed.`, { cause: error }) : error;
  });
  return owner;
}

/** PostgreSQL's "permission denied" or "must be owner": the role is another one than that which owns the tables. */
function notTheOwner(error: unknown): unknown {
  const isDenied = error instanceof Error && 'code' in error && error.code === '42501';
  if (!isDenied) return error;
  const sentence =
    'The role in DATABASE_OWNER_URL may not change this database. It must own the database, and differ from the role in DATABASE_URL. Nothing was changed.';
  return new MigrationRefused(sentence, { cause: error });
}

/** Through one the lock would be held by nobody in particular. */
async function refusePooler(owner: pg.Client, ownerUrl: string): Promise<void> {
  const second = await connect(ownerUrl);
  try {
    if (await leadsThroughPooler(owner, second))
      throw new MigrationRefused(`${poolerSentence('DATABASE_OWNER_URL')} Nothing was changed.`);
  } finally {
    await second.end();
  }
}

function roleOf(url: string): string {
  const { username } = new URL(url);
  return decodeURIComponent(username);
}
