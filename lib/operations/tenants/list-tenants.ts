import { z } from 'zod';
import type { TenantRow } from '../../byok/vendor-views.ts';
import { countAppsByTenant } from '../../db/app-store.ts';
import { listAllKeyRows } from '../../db/key-store.ts';
import { listTenantRecords } from '../../db/tenant-store.ts';
import { toSummary } from '../keys/key-view.ts';
import { operation } from '../operation.ts';
import { riskOf, toTenantRow } from './tenant-row.ts';

/** Every tenant's key status, the riskiest first. Status and causes, never keys or data. */
export const listTenants = operation({
  name: 'list-tenants',
  permission: 'tenants.read',
  input: z.object({}),
  async run({ now }): Promise<TenantRow[]> {
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
