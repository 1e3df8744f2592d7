/**
 * Fills a bench's database: a tenant with apps under an enterprise key, data keys and records. What is stored is what the
 * application would store (real wrappings, real envelopes); only the way into the tables is a faster one.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { hashSecretToken, newSecretToken } from '#lib/auth/secret-token.ts';
import { recordContext } from '#lib/db/record-store.ts';
import { dataKeyCheck } from '#lib/envelope/check-value.ts';
import { DataKey } from '#lib/envelope/data-key.ts';
import type { KmsProvider } from '#lib/kms/provider.ts';

/** Which wrapping key a key version stands for: its ARN, and how it is reached. */
export interface Connection {
  region: string;
  roleArn: string;
  keyArn: string;
  externalId: string;
}

export interface SeededTenant {
  tenantId: string;
  keyId: string;
  /** Active; every app belongs to it. */
  versionId: string;
  /** Another version of the same key, which nothing hangs on. */
  otherVersionId: string;
  appIds: string[];
  /** Of one of the vendor's services that may decrypt. */
  bearer: string;
}

export interface SeededKey {
  id: string;
  appId: string;
  raw: Buffer;
}

export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  // Where a bench fails, the server is ended under its clients: that must not hide why.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** @param tenantId where the wrapping key's policies know it already */
export async function seedTenant(
  client: pg.Client,
  { apps, connection, tenantId = randomUUID() }: { apps: number; connection: Connection; tenantId?: string },
): Promise<SeededTenant> {
  const [keyId, versionId, otherVersionId] = [randomUUID(), randomUUID(), randomUUID()];
  const bearer = newSecretToken('kwt_');
  const appIds = Array.from({ length: apps }, () => randomUUID());
  const { region, roleArn, keyArn, externalId } = connection;
  const auth = { mode: 'assume-role', roleArn };
  const stored = { provider: 'aws', auth, key: { region, keyArn }, dataKeyPair: false };
  await client.query(
    `INSERT INTO tenant (id, name, home_region, external_id, cache_ttl_seconds) VALUES ($1, 'Bench', $2, $3, 300)`,
    [tenantId, region, externalId],
  );
  await client.query(
    `INSERT INTO enterprise_key (id, tenant_id, state, alias, changed_by, updated_at) VALUES ($1, $2, 'active', 'Bench', 'bench', now())`,
    [keyId, tenantId],
  );
  await client.query(
    `INSERT INTO key_version (id, key_id, tenant_id, number, provider, auth_mode, connection, connection_version, location, external_id, key_ref, key_ref_is_alias, pinned_key_ref, health)
     VALUES ($1, $2, $3, 1, 'aws', 'assume-role', $5, 1, $4, $6, $7, false, $7, 'healthy')`,
    [versionId, keyId, tenantId, region, JSON.stringify(stored), externalId, keyArn],
  );
  await client.query(
    `INSERT INTO key_version (id, key_id, tenant_id, number, provider, auth_mode, connection, connection_version, location, external_id, key_ref, key_ref_is_alias, pinned_key_ref, health)
     SELECT $2, key_id, tenant_id, 0, provider, auth_mode, connection, connection_version, location, external_id, key_ref, key_ref_is_alias, pinned_key_ref, health
       FROM key_version WHERE id = $1`,
    [versionId, otherVersionId],
  );
  await client.query('UPDATE enterprise_key SET current_version_id = $2 WHERE id = $1', [keyId, versionId]);
  await client.query(
    `INSERT INTO app (id, tenant_id, kind, name, key_version_id) SELECT id, $2, 'app', 'App ' || n, $3 FROM unnest($1::uuid[]) WITH ORDINALITY AS a(id, n)`,
    [appIds, tenantId, versionId],
  );
  await client.query(
    `INSERT INTO api_token (id, tenant_id, name, hint, hash, actions, created_by) VALUES ($1, $2, 'bench', 'kwt_', $3, '{decrypt}', 'bench')`,
    [randomUUID(), tenantId, hashSecretToken(bearer)],
  );
  return { tenantId, keyId, versionId, otherVersionId, appIds, bearer };
}

/**
 * Data keys in turn for each app, the last of each being its current one, wrapped by `provider`. Envelopes under them count as
 * having left, so that none is deleted as unused.
 */
export async function seedDataKeys(
  client: pg.Client,
  tenant: SeededTenant,
  { perApp, provider, atOnce = 1 }: { perApp: number; provider: KmsProvider; atOnce?: number },
): Promise<SeededKey[]> {
  const { tenantId, versionId, appIds } = tenant;
  const keys: SeededKey[] = appIds.flatMap((appId) =>
    Array.from({ length: perApp }, () => ({ id: randomUUID(), appId, raw: randomBytes(32) })),
  );
  const wrapped: Buffer[] = [];
  const queue = keys.entries();
  const lane = async () => {
    for (const [index, { appId, raw }] of queue)
      wrapped[index] = (await provider.wrap(raw, { tenantId, appId })).wrapped;
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  for (let at = 0; at < keys.length; at += 5_000) {
    const part = keys.slice(at, at + 5_000);
    await client.query(
      `INSERT INTO data_key (id, tenant_id, app_id, state, key_version_id, wrapped, wrapping_key_id, check_value, issued_outside_at)
       SELECT n.id, $1, n.app_id, n.state::data_key_state, $2, n.wrapped, $3, n.check_value, now()
         FROM unnest($4::uuid[], $5::uuid[], $6::text[], $7::bytea[], $8::bytea[]) AS n(id, app_id, state, wrapped, check_value)`,
      [
        ...[tenantId, versionId, provider.keyId, part.map(({ id }) => id), part.map(({ appId }) => appId)],
        part.map((_, n) => ((at + n + 1) % perApp === 0 ? 'current' : 'old')),
        wrapped.slice(at, at + 5_000),
        part.map(({ id, appId, raw }) => dataKeyCheck(raw, { dataKeyId: id, tenantId, appId })),
      ],
    );
  }
  return keys;
}

const recordsAtOnce = 1_000;

/** Records of `bytes` each, dealt out over the data keys one after another, as records of many apps come in. */
export async function seedRecords(
  client: pg.Client,
  { tenantId }: SeededTenant,
  keys: readonly SeededKey[],
  { count, bytes }: { count: number; bytes: number },
): Promise<void> {
  const sealing = keys.map(({ id, appId, raw }) => DataKey.fromRaw({ id, tenantId, appId, raw }));
  let sending: Promise<unknown> = Promise.resolve();
  for (let at = 0; at < count; at += recordsAtOnce) {
    const part = Array.from({ length: Math.min(recordsAtOnce, count - at) }, (_, n) => {
      const key = sealing[(at + n) % sealing.length];
      if (!key) throw new Error('There is no data key to seal records under.');
      const id = randomUUID();
      return { id, key, envelope: key.seal(randomBytes(bytes), recordContext(id)) };
    });
    await sending;
    const length = part[0]?.envelope.length ?? 0;
    // All envelopes as one value: a list of values would be written out in hexadecimal and read again.
    sending = client.query(
      `INSERT INTO app_record (id, tenant_id, app_id, kind, data_key_id, envelope)
       SELECT n.id, $1, n.app_id, 'message', n.data_key_id, substring($5::bytea FROM ((n.at - 1) * $6::int + 1)::int FOR $6::int)
         FROM unnest($2::uuid[], $3::uuid[], $4::uuid[]) WITH ORDINALITY AS n(id, app_id, data_key_id, at)`,
      [
        ...[tenantId, part.map(({ id }) => id), part.map(({ key }) => key.appId), part.map(({ key }) => key.id)],
        Buffer.concat(part.map(({ envelope }) => envelope)),
        length,
      ],
    );
    sending.catch(() => undefined);
  }
  await sending;
  for (const key of sealing) key.destroy();
}
