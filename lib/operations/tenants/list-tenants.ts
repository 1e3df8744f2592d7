import { z } from 'zod';
import { Refusal } from '../../byok/errors.ts';
import type { TenantRow } from '../../byok/vendor-views.ts';
import { countApps, countAppsByTenant } from '../../db/app-store.ts';
import { listAllKeyRows, listKeyRows } from '../../db/key-store.ts';
import { findTenant, listTenantRecords } from '../../db/tenant-store.ts';
import { toSummary } from '../keys/key-view.ts';
import { operation } from '../operation.ts';
import { riskOf, toTenantRow } from './tenant-row.ts';

/** Every tenant's key status, the riskiest first, or that of one tenant. Status and causes, never keys or data. */
export const listTenants = operation({
  name: 'list-tenants',
  permission: 'tenants.read',
  input: z.object({ tenantId: z.uuid().optional() }),
  async run({ now }, { tenantId }): Promise<TenantRow[]> {
    if (tenantId !== undefined) return listOne(tenantId, now);
    const [tenants, keys, apps] = await Promise.all([listTenantRecords(), listAllKeyRows(), countAppsByTenant()]);
    const rows: { row: TenantRow; risk: number }[] = [];
    for (const tenant of tenants) {
      const own = keys.filter((key) => key.tenantId === tenant.id && key.state !== 'reverted');
      const summaries = await Promise.all(own.map((key) => toSummary(key, now)));
      const row = toTenantRow(tenant, { total: apps.get(tenant.id) ?? 0 }, summaries);
      rows.push({ row, risk: riskOf(summaries) });
    }
    return rows
      .sort((a, b) => b.risk - a.risk || b.row.appsAtRisk - a.row.appsAtRisk || a.row.name.localeCompare(b.row.name))
      .map(({ row }) => row);
  },
});

async function listOne(tenantId: string, now: Date): Promise<TenantRow[]> {
  const tenant = await findTenant(tenantId);
  if (!tenant) throw new Refusal('not-found');
  const [rows, apps] = await Promise.all([listKeyRows(tenantId), countApps(tenantId)]);
  const keys = await Promise.all(rows.filter(({ state }) => state !== 'reverted').map((key) => toSummary(key, now)));
  return [toTenantRow(tenant, apps, keys)];
}
