import 'server-only';
import { Refusal } from '../../byok/errors.ts';
import type { CommitmentView } from '../../byok/key-views.ts';
import { neverBack } from '../../byok/lifecycle.ts';
import { findDone } from '../../db/audit-store.ts';
import type { KeyRow } from '../../db/key-store.ts';
import type { TenantRecord } from '../../db/tenant-store.ts';
import { isActive, isIrreversible } from './key-facts.ts';

/**
 * Why taking `leaving` apps off this key for the platform key would be refused; null where it would not be. Leading them
 * to another enterprise key breaks no commitment: it is not asked about here.
 */
export function commitmentObstacle(key: KeyRow, leaving: number): string | null {
  if (leaving === 0 || !isActive(key) || !isIrreversible(key)) return null;
  return `${neverBack} Keep its apps and bots selected. You can add others.`;
}

/** @throws Refusal `not-allowed-in-state` where the commitment stands against it */
export function keepCommitment(key: KeyRow, leaving: number): void {
  const reason = commitmentObstacle(key, leaving);
  if (reason !== null) throw new Refusal('not-allowed-in-state', { details: { reason } });
}

/** The commitment that binds a key: its own, else the one of its whole tenant. By whom, the history tells. */
export async function commitmentOf(
  tenant: TenantRecord,
  key?: { id: string; irreversibleAt: Date | null },
): Promise<CommitmentView | null> {
  const own = key?.irreversibleAt ? { id: key.id, at: key.irreversibleAt, scope: 'key' as const } : null;
  const ours = tenant.irreversibleAt ? { id: tenant.id, at: tenant.irreversibleAt, scope: 'tenant' as const } : null;
  // The wider one says more, where both were made.
  const commitment = ours ?? own;
  if (!commitment) return null;
  const event = await findDone(tenant.id, 'make-irreversible', commitment.id);
  return { scope: commitment.scope, at: commitment.at.toISOString(), by: event?.actor ?? null };
}
