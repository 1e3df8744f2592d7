/**
 * For tests: a database of one's own, a customer in the simulated AWS, two tenants with apps and records, and a caller
 * of every role. Everything is made as the application makes it.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Caller } from '../../auth/identify.ts';
import { hashSecretToken, newSecretToken } from '../../auth/secret-token.ts';
import { passwordHash } from '../../auth/testing/password.ts';
import type { Role } from '../../byok/account-views.ts';
import type { Result } from '../../byok/errors.ts';
import { keyPolicy, permissionPolicy, trustPolicy } from '../../byok/policies.ts';
import type { TokenAction } from '../../byok/vendor-views.ts';
import { setConfig } from '../../config/config.ts';
import { parseConfig } from '../../config/parse.ts';
import { defaultTenantLimits } from '../../config/tenant-limits.ts';
import { closeDatabase, db, switchDatabase, transaction } from '../../db/client.ts';
import { closeQueue } from '../../db/job-queue.ts';
import { createSession } from '../../db/person-store.ts';
import { insertRecords, recordContext } from '../../db/record-store.ts';
import { createTestDatabase } from '../../db/testing/test-database.ts';
import { insertToken } from '../../db/token-store.ts';
import { parseEnvelope } from '../../envelope/format.ts';
import { sealItems } from '../../envelope/seal.ts';
import { cachedSource, closeKeyring } from '../../keyring/keyring.ts';
import { serviceRoleArn, startAws } from '../../kms/testing/customer.ts';
import { createTenant } from '../tenants/create-tenant.ts';

/** A file of tests does in a minute what an administrator does in a month; its processes read this from their environment. */
export const unlimited = Object.keys(defaultTenantLimits)
  .map((name) => `${name}=100000/1000`)
  .join(',');

export type World = Awaited<ReturnType<typeof makeWorld>>;
export type TestTenant = { id: string; name: string; externalId: string; apps: { id: string; name: string }[] };

export async function makeWorld(
  options: { apps?: number; recordsPerApp?: number; cacheTtlSeconds?: number; databaseUrl?: string } = {},
) {
  const database = options.databaseUrl ? undefined : await createTestDatabase();
  const aws = await startAws();
  const databaseUrl = options.databaseUrl ?? database?.url ?? '';
  await switchDatabase(databaseUrl);
  setConfig(
    parseConfig({
      DATABASE_URL: databaseUrl,
      KEYWARD_ROOT_KEY: randomBytes(32).toString('base64'),
      NEXTAUTH_SECRET: randomBytes(32).toString('base64'),
      NEXTAUTH_URL: 'http://127.0.0.1:3000',
      KEYWARD_SERVICE_ROLE_ARN: serviceRoleArn,
      KEYWARD_ALLOWED_AWS_ENDPOINTS: process.env.AWS_ENDPOINT_URL_KMS,
      KEYWARD_LOG_LEVEL: 'silent',
      KEYWARD_TENANT_LIMITS: unlimited,
    }),
  );
  const acme = await makeTenant('Acme', options);
  const globex = await makeTenant('Globex', { ...options, apps: 2 });
  const callers = {
    admin: await makeCaller('admin', acme.id),
    viewer: await makeCaller('viewer', acme.id),
    support: await makeCaller('support', null),
    operator: await makeCaller('operator', null),
    foreignAdmin: await makeCaller('admin', globex.id),
    token: await makeTokenCaller(acme.id, ['encrypt', 'decrypt', 'lease']),
    foreignToken: await makeTokenCaller(globex.id, ['encrypt', 'decrypt', 'lease']),
    anonymous: { kind: 'anonymous' } as Caller,
  };
  return {
    aws,
    acme,
    globex,
    callers,
    makeTokenCaller,
    /** What the application's role may not do. */
    asOwner: async (statement: string, values?: unknown[]) => {
      if (!database) throw new Error('The database of this world is not its own.');
      await database.asOwner(statement, values);
    },
    /** Puts the very policies into AWS that the console shows to Acme. */
    applyPolicies: async () => {
      const where = {
        partition: 'aws',
        accountId: '111122223333',
        roleArn: aws.roleArn,
        tenantId: acme.id,
        keyArn: aws.keyArn,
      } as const;
      await aws.put.trust(trustPolicy({ serviceRoleArn, externalId: acme.externalId }));
      await aws.put.permission(permissionPolicy(where));
      await aws.put.key(keyPolicy(where));
    },
    close: async () => {
      await closeQueue();
      await closeKeyring();
      await closeDatabase();
      await aws.close();
      await database?.drop();
      setConfig();
    },
  };
}

/** The data of a success; a refusal fails the test with its code. */
export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
  return result.data;
}

export async function makeCaller(role: Role, tenantId: string | null): Promise<Caller> {
  const user = await db().user.create({
    data: { email: `${role}-${randomUUID()}@example.com`, role, tenantId, passwordHash },
  });
  const sessionId = newSecretToken('');
  await createSession({
    idHash: hashSecretToken(sessionId),
    userId: user.id,
    expiresAt: new Date(Date.now() + 3_600_000),
  });
  return { kind: 'session', sessionId };
}

async function makeTokenCaller(tenantId: string, actions: TokenAction[]): Promise<Caller> {
  const bearer = newSecretToken('kwt_');
  await transaction((tx) =>
    insertToken(tx, {
      tenantId,
      name: 'test',
      hint: bearer.slice(0, 10),
      hash: hashSecretToken(bearer),
      actions,
      createdBy: 'test',
    }),
  );
  return { kind: 'token', bearer };
}

/** Sealed and stored as the application does it; `text` makes each record's plaintext. */
export async function storeRecords(
  scope: { tenantId: string; appId: string },
  count: number,
  text = (n: number) => `message ${n}`,
  kind: 'message' | 'authorization-profile' = 'message',
): Promise<void> {
  const ids = Array.from({ length: count }, () => randomUUID());
  const sealed = await sealItems(
    cachedSource(),
    scope,
    ids.map((id, n) => ({ plaintext: Buffer.from(text(n)), context: recordContext(id) })),
  );
  const rows = sealed.map((envelope, n) => ({
    ...scope,
    id: ids[n] ?? '',
    kind,
    name: kind === 'message' ? '' : `profile ${n}`,
    envelope,
    dataKeyId: parseEnvelope(envelope).dataKeyId,
    createdAt: new Date(Date.now() + n),
  }));
  const stored = await insertRecords(rows);
  if (stored !== count) throw new Error(`stored ${stored} of ${count} records`);
}

export async function makeTenant(
  name: string,
  options: { apps?: number; recordsPerApp?: number; cacheTtlSeconds?: number },
): Promise<TestTenant> {
  const server: Caller = { kind: 'command-line', user: 'test' };
  const { tenantId } = must(await createTenant(server, { name, homeRegion: 'us-east-1' }));
  const cacheTtlSeconds = options.cacheTtlSeconds ?? 60;
  const tenant = await db().tenant.update({ where: { id: tenantId }, data: { cacheTtlSeconds } });
  const names = Array.from({ length: options.apps ?? 3 }, (_, n) => `App ${String(n + 1).padStart(2, '0')}`);
  await db().app.createMany({
    data: names.map((app, n) => ({ tenantId: tenant.id, name: app, kind: n % 2 ? 'app' : 'bot' })),
  });
  const apps = await db().app.findMany({
    where: { tenantId: tenant.id },
    orderBy: { name: 'asc' },
    select: { id: true, name: true },
  });
  for (const app of apps) {
    if (options.recordsPerApp !== 0)
      await storeRecords({ tenantId: tenant.id, appId: app.id }, options.recordsPerApp ?? 4);
  }
  return { id: tenant.id, name, externalId: tenant.externalId, apps };
}
