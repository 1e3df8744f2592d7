/** Where a secret could have come to rest: tables, files, addresses. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import pg from 'pg';
import { databaseUrls } from '../../scripts/postgres/roles.ts';
import { readyFile } from './ready-file.ts';

const root = join(import.meta.dirname, '..', '..');

export type Secrets = {
  rootKey: string;
  nextAuthSecret: string;
  databasePasswords: { owner: string; app: string };
  simulator: { secretAccessKey: string };
};

/** The folder of the demo that the tests run against. */
export function dataFolder(): string {
  return dirname(readyFile());
}

export function readSecrets(): Secrets {
  return JSON.parse(readFileSync(join(dataFolder(), 'secrets.json'), 'utf8'));
}

/** The demo's database, as the owner of its tables. */
export async function withDatabase<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const [, , , port] = readFileSync(join(dataFolder(), 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n');
  const { ownerUrl } = databaseUrls(`postgresql://127.0.0.1:${port}`, readSecrets().databasePasswords, 'keyward');
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  return work(client).finally(() => client.end());
}

/** Each row of each table of ours and of the job library, as text; binary columns are hex in it. */
export async function eachRow(visit: (table: string, row: string) => void): Promise<void> {
  await withDatabase(async (client) => {
    const tables = await client.query<{ name: string }>(
      `SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
    );
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ row: string }>(`SELECT t::text AS row FROM ${name} AS t`);
      for (const { row } of rows) visit(name, row);
    }
  });
}

/** What the demo has written into its folder, by path: logs, the database's own files, notes of its processes. */
export function* dataFiles(): Generator<[path: string, bytes: Buffer]> {
  yield* files(dataFolder());
}

/** What every browser may fetch. */
export function* bundleFiles(): Generator<[path: string, bytes: Buffer]> {
  yield* files(join(root, '.next', 'static'));
}

function* files(folder: string): Generator<[string, Buffer]> {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    // A working database may take a file away between two looks.
    if (entry.isFile() && existsSync(path)) yield [relative(folder, path), readFileSync(path)];
  }
}

type Things = { keys: string[]; wizard: string[]; appId: string | undefined; tenant: string };

/** One or more addresses for each page and route handler that the application has; throws where one is missing here. */
export function addresses({ keys, wizard, appId, tenant }: Things): string[] {
  const steps = ['provider', 'aws', 'test', 'schedule', 'review', 'prepare', 'connect', 'date', 'apps'];
  const table: Record<string, string[]> = {
    '/': ['/'],
    '/account/password': ['/account/password'],
    '/api/auth/[...nextauth]': ['session', 'providers', 'csrf'].map((name) => `/api/auth/${name}`),
    '/api/enterprise-keys/[keyId]': keys.map((id) => `/api/enterprise-keys/${id}`),
    '/api/enterprise-keys/[keyId]/check': keys.map((id) => `/api/enterprise-keys/${id}/check`),
    '/api/enterprise-keys/unreadable': ['/api/enterprise-keys/unreadable'],
    '/api/search': ['/api/search?q=a'],
    '/api/tenants': ['/api/tenants'],
    '/api/tenants/[tenantId]': [`/api/tenants/${tenant}`],
    '/apps': ['/apps'],
    '/apps/[appId]': [`/apps/${appId}`],
    '/enterprise-key': ['/enterprise-key'],
    '/enterprise-key/[keyId]': keys.map((id) => `/enterprise-key/${id}`),
    '/enterprise-key/[keyId]/apps': keys.map((id) => `/enterprise-key/${id}/apps`),
    '/enterprise-key/[keyId]/apps/change': keys.map((id) => `/enterprise-key/${id}/apps/change`),
    '/enterprise-key/[keyId]/hand-over': keys.map((id) => `/enterprise-key/${id}/hand-over`),
    '/enterprise-key/[keyId]/history': keys.map((id) => `/enterprise-key/${id}/history`),
    '/enterprise-key/[keyId]/rotate': keys.map((id) => `/enterprise-key/${id}/rotate`),
    '/enterprise-key/[keyId]/setup': wizard.map((id) => `/enterprise-key/${id}/setup`),
    '/enterprise-key/[keyId]/setup/[step]': wizard.flatMap((id) =>
      steps.map((step) => `/enterprise-key/${id}/setup/${step}`),
    ),
    '/enterprise-key/[keyId]/settings': keys.map((id) => `/enterprise-key/${id}/settings`),
    '/enterprise-key/[keyId]/validation': keys.map((id) => `/enterprise-key/${id}/validation`),
    '/enterprise-key/[keyId]/versions': keys.map((id) => `/enterprise-key/${id}/versions`),
    '/history': ['/history', '/history?operation=open-recent-records'],
    '/history/export.csv': ['/history/export.csv'],
    '/history/export.json': ['/history/export.json'],
    '/sign-in': ['/sign-in'],
    '/tenants': ['/tenants'],
    '/tenants/[tenantId]': [`/tenants/${tenant}`],
    '/tenants/[tenantId]/settings': [`/tenants/${tenant}/settings`],
    '/tenants/new': ['/tenants/new'],
    '/tokens': ['/tokens', '/tokens?q=Demo'],
    '/vendor-history': ['/vendor-history'],
    '/vendor-history/export.csv': ['/vendor-history/export.csv'],
    '/vendor-history/export.json': ['/vendor-history/export.json'],
  };
  const known = Object.keys(table).sort().join('\n');
  const there = routePatterns().join('\n');
  if (known !== there) throw new Error(`Say for each of these where it is to be found, and for no others:\n${there}`);
  // Answered before a request comes to the application.
  const services = ['encrypt', 'decrypt', 'encrypt-stream', 'decrypt-stream', 'leases'];
  const front = ['/api/health', '/api/health/live', ...services.map((name) => `/api/v1/apps/${appId}/${name}`)];
  return [...Object.values(table).flat(), ...front];
}

/** The pages and route handlers of the application as patterns of addresses, read from its folder. */
function routePatterns(): string[] {
  return readdirSync(join(root, 'app'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /(^|\/)(page\.tsx|route\.ts)$/.test(path))
    .map((path) => `/${dirname(path).replace(/^\.$/, '')}`.replace(/\/\([^)]+\)/g, '').replace(/^$/, '/'))
    .sort();
}
