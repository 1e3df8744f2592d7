import { z } from 'zod';
import type { AppListView } from '../../byok/app-views.ts';
import { Refusal } from '../../byok/errors.ts';
import { listAppProtection } from '../../db/app-store.ts';
import { findTenant } from '../../db/tenant-store.ts';
import { listVersionNames } from '../../db/version-store.ts';
import { operation } from '../operation.ts';
import { toAppRow } from './app-row.ts';

/** All apps and bots of the tenant, each with what protects it now. */
export const listApps = operation({
  name: 'list-apps',
  permission: 'keys.read',
  input: z.object({}),
  async run({ tenantId }): Promise<AppListView> {
    const [tenant, apps, versions] = await Promise.all([
      findTenant(tenantId),
      listAppProtection(tenantId),
      listVersionNames(tenantId),
    ]);
    if (!tenant) throw new Refusal('not-found');
    return { tenant: { name: tenant.name }, apps: apps.map((app) => toAppRow(app, versions)) };
  },
});
