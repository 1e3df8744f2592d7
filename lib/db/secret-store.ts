import 'server-only';
import { db, type Tx } from './client.ts';

/** The sealed secret half of an access key: `wrapped` is its data key under the platform key. */
export type SecretRow = {
  id: string;
  tenantId: string;
  wrapped: Uint8Array;
  wrappingKeyId: string;
  envelope: Uint8Array;
  createdBy: string;
};

export async function findSecret(tenantId: string, id: string): Promise<SecretRow | undefined> {
  return (await db().providerSecret.findFirst({ where: { id, tenantId } })) ?? undefined;
}

export async function insertSecret(tx: Tx, row: SecretRow): Promise<void> {
  await tx.providerSecret.create({
    data: { ...row, wrapped: Buffer.from(row.wrapped), envelope: Buffer.from(row.envelope) },
  });
}

/** Secrets that neither a configuration nor a key version names any more. @returns how many went */
export async function deleteUnusedSecrets(tx: Tx, tenantId: string): Promise<number> {
  const { count } = await tx.providerSecret.deleteMany({
    where: { tenantId, configurations: { none: {} }, versions: { none: {} } },
  });
  return count;
}

/**
 * Lets go of the secrets that nothing will ask for again, and deletes them: those of configurations that were superseded, and
 * of key versions that are not active, that no app belongs to and no data key hangs on. The versions themselves stay.
 * @returns how many secrets went
 */
export async function releaseSecrets(tx: Tx, tenantId: string): Promise<number> {
  await tx.$executeRaw`
    UPDATE key_configuration c SET secret_id = NULL FROM enterprise_key k
     WHERE k.id = c.key_id AND k.tenant_id = ${tenantId}::uuid AND c.standing = 'superseded' AND c.secret_id IS NOT NULL`;
  await tx.$executeRaw`
    UPDATE key_version v SET secret_id = NULL FROM enterprise_key k
     WHERE k.id = v.key_id AND v.tenant_id = ${tenantId}::uuid AND v.secret_id IS NOT NULL
       AND (k.current_version_id IS DISTINCT FROM v.id OR k.state = 'reverted')
       AND NOT EXISTS (SELECT 1 FROM app a WHERE a.key_version_id = v.id)
       AND NOT EXISTS (SELECT 1 FROM data_key d WHERE d.key_version_id = v.id)`;
  return deleteUnusedSecrets(tx, tenantId);
}

/** When a secret was stored, and by whom: all that is ever told of it. */
export async function readSecretNote(
  tenantId: string,
  id: string | null,
): Promise<{ storedAt: string; storedBy: string } | null> {
  if (id === null) return null;
  const row = await db().providerSecret.findFirst({
    where: { id, tenantId },
    select: { createdAt: true, createdBy: true },
  });
  return row ? { storedAt: row.createdAt.toISOString(), storedBy: row.createdBy } : null;
}
