import { z } from 'zod';
import type { FoundName } from '../../byok/name-views.ts';
import { findAppNames, findKeyNames, findTenantNames } from '../../db/name-store.ts';
import { operation } from '../operation.ts';

/** Of each kind: who sees nothing fitting among these types another letter. */
const most = 8;

/**
 * Things with a page of their own that the caller may open, by a part of their name: a tenant's people find their own keys, apps
 * and bots, the vendor's people find tenants. What a tenant has is no answer to them: a look at it is noted, a search is not.
 */
export const findByName = operation({
  name: 'find-by-name',
  permission: 'names.read',
  input: z.object({ text: z.string().trim().max(200) }),
  async run({ tenantId }, { text }): Promise<FoundName[]> {
    if (text === '') return [];
    if (!tenantId) return findTenantNames(text, most);
    const [keys, apps] = await Promise.all([findKeyNames(tenantId, text, most), findAppNames(tenantId, text, most)]);
    return [...keys, ...apps];
  },
});
