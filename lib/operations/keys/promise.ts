import 'server-only';
import { Refusal } from '../../byok/errors.ts';
import type { PromiseView } from '../../byok/key-views.ts';
import { neverBack } from '../../byok/lifecycle.ts';
import { findDone } from '../../db/audit-store.ts';
import type { KeyRow } from '../../db/key-store.ts';
import type { TenantRecord } from '../../db/tenant-store.ts';
import { isInForce, isIrreversible } from './key-facts.ts';

/**
 * Why taking `leaving` apps off this key for the platform key would be refused; null where it would not be. Leading them
 * to another enterprise key breaks no promise: it is not asked about here.
 */
export function promiseObstacle(key: KeyRow, leaving: number): string | null {
  if (leaving === 0 || !isInForce(key) || !isIrreversible(key)) return null;
  return `${neverBack} Keep the apps and bots that it protects selected; others can be added.`;
}

/** @throws Refusal `not-allowed-in-state` where the promise stands against it */
export function keepPromise(key: KeyRow, leaving: number): void {
  const reason = promiseObstacle(key, leaving);
  if (reason !== null) throw new Refusal('not-allowed-in-state', { details: { reason } });
}

/** The promise that binds a key: its own, else the one of its whole tenant. By whom, the history tells. */
export async function promiseOf(
  tenant: TenantRecord,
  key?: { id: string; irreversibleAt: Date | null },
): Promise<PromiseView | null> {
  const own = key?.irreversibleAt ? { id: key.id, at: key.irreversibleAt, scope: 'key' as const } : null;
  const ours = tenant.irreversibleAt ? { id: tenant.id, at: tenant.irreversibleAt, scope: 'tenant' as const } : null;
  // The wider one says more, wherever both were given.
  const promise = ours ?? own;
  if (!promise) return null;
  const event = await findDone(tenant.id, 'make-irreversible', promise.id);
  return { scope: promise.scope, at: promise.at.toISOString(), by: event?.actor ?? null };
}
