import 'server-only';
import type { Tx } from './client.ts';
import { db } from './client.ts';
import { Prisma } from './generated/client.ts';

/** From when on an app's current data key is to be replaced. */
export type RekeyLimits = { madeBefore: Date; messages: number };

export type DueForRekey = {
  appId: string;
  tenantId: string;
  /** What the app belongs to, and whose key that is; null for the platform key. */
  versionId: string | null;
  keyId: string | null;
  dataKeyId: string;
  cause: 'age' | 'volume';
};

/**
 * Apps whose current data key is due and that nothing moves already, the oldest first. One whose key was revoked is left
 * alone: a fresh data key cannot be had, and nothing can be written meanwhile.
 */
export function listDueForRekey(limits: RekeyLimits, keyedQueue: number): Promise<DueForRekey[]> {
  return find(db(), limits, Prisma.sql`ORDER BY d.created_at LIMIT ${keyedQueue}`);
}

/**
 * The same of one app, whose row is taken for the rest of the transaction, after its tenant's and its key's as commands do:
 * of two that come at once one sees the other's transition.
 */
export async function takeDueForRekey(tx: Tx, due: DueForRekey, limits: RekeyLimits): Promise<DueForRekey | undefined> {
  await tx.$executeRaw`SELECT 1 FROM tenant WHERE id = ${due.tenantId}::uuid FOR KEY SHARE`;
  if (due.keyId) await tx.$executeRaw`SELECT 1 FROM enterprise_key WHERE id = ${due.keyId}::uuid FOR UPDATE`;
  await tx.$executeRaw`SELECT 1 FROM app WHERE id = ${due.appId}::uuid FOR NO KEY UPDATE`;
  const [still] = await find(tx, limits, Prisma.sql`AND a.id = ${due.appId}::uuid`);
  return still?.keyId === due.keyId ? still : undefined;
}

function find(tx: Tx, { madeBefore, messages }: RekeyLimits, more: Prisma.Sql): Promise<DueForRekey[]> {
  return tx.$queryRaw<DueForRekey[]>`
    SELECT a.id AS "appId", a.tenant_id AS "tenantId", a.key_version_id AS "versionId", v.key_id AS "keyId", d.id AS "dataKeyId",
           CASE WHEN d.messages >= ${messages} THEN 'volume' ELSE 'age' END AS cause
      FROM data_key d JOIN app a ON a.id = d.app_id LEFT JOIN key_version v ON v.id = a.key_version_id
     WHERE d.state = 'current' AND (d.created_at < ${madeBefore} OR d.messages >= ${messages})
       AND coalesce(v.health::text, '') <> 'revoked'
       AND NOT EXISTS (SELECT 1 FROM key_transition_app s JOIN key_transition m ON m.id = s.transition_id
                        WHERE s.app_id = a.id AND m.finished_at IS NULL AND m.cancelled_at IS NULL)
       ${more}`;
}
