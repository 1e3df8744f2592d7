import 'server-only';
import type { Tx } from './client.ts';
import { lockTenant } from './tenant-store.ts';
import { beginTransition, insertVersion, type NewVersion } from './transition-store.ts';

/**
 * Activates a tested configuration: a key version, the key's state, its apps, in one transaction.
 * @returns the version's ID, or undefined where the key is no longer scheduled with this activation
 */
export async function activateConfiguration(
  tx: Tx,
  transition: { id: string; configurationId: string },
  version: NewVersion,
): Promise<string | undefined> {
  // First the tenant's row, then the key's, as every command: the other way round each could hold what the other waits for.
  await lockTenant(tx, version.tenantId);
  const keys = await tx.$queryRaw<
    { state: string }[]
  >`SELECT state::text AS state FROM enterprise_key WHERE id = ${version.keyId}::uuid FOR UPDATE`;
  const still = await tx.transition.findFirst({
    where: { id: transition.id, cancelledAt: null, phase: 'testing' },
    select: { id: true },
  });
  if (keys[0]?.state !== 'scheduled' || !still) return undefined;
  const { id: versionId } = await insertVersion(tx, version);
  await tx.enterpriseKey.update({
    where: { id: version.keyId },
    data: { state: 'active', changedBy: 'Keyward', changeMade: 'activate-key', revision: { increment: 1 } },
  });
  // A working copy that was never proceeded with has no meaning any more once the key is active.
  await tx.keyConfiguration.updateMany({
    where: { keyId: version.keyId, standing: 'working' },
    data: { standing: 'superseded' },
  });
  const chosen = await tx.configurationApp.findMany({
    where: { configurationId: transition.configurationId },
    select: { appId: true },
  });
  await tx.transition.update({ where: { id: transition.id }, data: { versionId } });
  await beginTransition(tx, transition.id, { ids: chosen.map((app) => app.appId), versionId, reencrypt: true });
  return versionId;
}
