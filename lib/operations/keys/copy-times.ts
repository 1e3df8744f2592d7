import 'server-only';
import type { CopyTimes } from '../../byok/key-views.ts';
import { lastLeaseEnd } from '../../db/audit-store.ts';
import type { TenantRecord } from '../../db/tenant-store.ts';

/** The longest that a tenant may set, and some minutes for a lease whose event was written before it left. */
const longestLeaseMs = 65 * 60_000;

/**
 * How long copies may serve yet, leases included: one that was handed out ends when it was said to, although the cache time has
 * been shortened since.
 */
export async function copyTimes({ id, cacheTtlSeconds }: TenantRecord, now: Date): Promise<CopyTimes> {
  const until = await lastLeaseEnd(id, new Date(now.getTime() - longestLeaseMs));
  const leasesServeSeconds = Math.ceil(((until?.getTime() ?? 0) - now.getTime()) / 1_000);
  return leasesServeSeconds > 0 ? { cacheTtlSeconds, leasesServeSeconds } : { cacheTtlSeconds };
}
