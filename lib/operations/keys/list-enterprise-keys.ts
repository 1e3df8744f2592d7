import { z } from 'zod';
import { Refusal } from '../../byok/errors.ts';
import type { KeyListView } from '../../byok/key-views.ts';
import { countApps } from '../../db/app-store.ts';
import { listKeyRows } from '../../db/key-store.ts';
import { findTenant } from '../../db/tenant-store.ts';
import { operation } from '../operation.ts';
import { commitmentOf } from './commitment.ts';
import { copyTimes } from './copy-times.ts';
import { toSummary } from './key-view.ts';

/** The tenant's keys, and what lies under the platform key. */
export const listEnterpriseKeys = operation({
  name: 'list-enterprise-keys',
  permission: 'keys.read',
  input: z.object({}),
  async run({ tenantId, now }): Promise<KeyListView> {
    const [tenant, keys, apps] = await Promise.all([findTenant(tenantId), listKeyRows(tenantId), countApps(tenantId)]);
    if (!tenant) throw new Refusal('not-found');
    return {
      tenant: {
        name: tenant.name,
        homeRegion: tenant.homeRegion,
        ...(await copyTimes(tenant, now)),
        commitment: await commitmentOf(tenant),
      },
      apps,
      keys: await Promise.all(keys.map((key) => toSummary(key, now))),
    };
  },
});
