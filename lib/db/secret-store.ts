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
  return (await db().accessKeySecret.findFirst({ where: { id, tenantId } })) ?? undefined;
}

export async function insertSecret(tx: Tx, row: SecretRow): Promise<void> {
  await tx.accessKeySecret.create({
    data: { ...row, wrapped: Buffer.from(row.wrapped), envelope: Buffer.from(row.envelope) },
  });
}

/** Secrets that neither a configuration nor a key version names any more. @returns how many went */
export async function deleteUnusedSecrets(tx: Tx, tenantId: string): Promise<number> {
  const { count } = await tx.accessKeySecret.deleteMany({
    where: { tenantId, configurations: { none: {} }, versions: { none: {} } },
  });
  return count;
}
