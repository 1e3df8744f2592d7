/** A tenant that one test file has to itself, so that what it does to its key is nobody else's concern. */
import { randomUUID } from 'node:crypto';
import type { Tenant } from './aws-account.ts';
import { withDatabase } from './places.ts';

export type OwnTenant = Tenant & { name: string; admin: string; viewer: string; apps: { id: string; name: string }[] };

/** Its people have the password of the demo's. Unwrapped data keys are never kept: each request asks the key. */
export async function makeTenant(name: string, appNames: readonly string[]): Promise<OwnTenant> {
  await removeTenant(name);
  const domain = `${name.toLowerCase()}.example`;
  const tenant: OwnTenant = {
    id: randomUUID(),
    name,
    externalId: `kw_${name.toLowerCase()}-for-tests-only-`.padEnd(35, '0'),
    admin: `admin@${domain}`,
    viewer: `viewer@${domain}`,
    apps: appNames.map((appName) => ({ id: randomUUID(), name: appName })),
  };
  await withDatabase(async (client) => {
    await client.query(
      'INSERT INTO tenant (id, name, home_region, external_id, cache_ttl_seconds) VALUES ($1, $2, $3, $4, 0)',
      [tenant.id, name, 'us-east-1', tenant.externalId],
    );
    for (const app of tenant.apps) {
      await client.query(`INSERT INTO app (id, tenant_id, kind, name) VALUES ($1, $2, 'app', $3)`, [
        app.id,
        tenant.id,
        app.name,
      ]);
    }
    for (const [email, role] of [
      [tenant.admin, 'admin'],
      [tenant.viewer, 'viewer'],
    ]) {
      await client.query(
        `INSERT INTO "user" (id, email, password_hash, role, tenant_id)
         SELECT gen_random_uuid(), $1, password_hash, $2::role, $3 FROM "user" WHERE email = 'admin@acme.example'`,
        [email, role, tenant.id],
      );
    }
  });
  return tenant;
}

export async function removeTenant(name: string): Promise<void> {
  await withDatabase(async (client) => {
    const { rows } = await client.query<{ id: string }>('SELECT id FROM tenant WHERE name = $1', [name]);
    const [tenant] = rows;
    if (!tenant) return;
    await client.query('BEGIN');
    for (const statement of [
      'DELETE FROM key_transition WHERE tenant_id = $1',
      'UPDATE enterprise_key SET current_version_id = NULL WHERE tenant_id = $1',
      'UPDATE app SET key_version_id = NULL WHERE tenant_id = $1',
      'DELETE FROM app_record WHERE tenant_id = $1',
      'DELETE FROM data_key WHERE tenant_id = $1',
      'DELETE FROM key_version WHERE tenant_id = $1',
      'DELETE FROM enterprise_key WHERE tenant_id = $1',
      'DELETE FROM key_creation WHERE tenant_id = $1',
      'DELETE FROM provider_secret WHERE tenant_id = $1',
      'DELETE FROM api_token WHERE tenant_id = $1',
      'DELETE FROM app WHERE tenant_id = $1',
      'DELETE FROM "user" WHERE tenant_id = $1',
      'DELETE FROM tenant WHERE id = $1',
    ]) {
      await client.query(statement, [tenant.id]);
    }
    await client.query('COMMIT');
  });
}
