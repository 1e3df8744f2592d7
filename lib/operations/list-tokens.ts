import { z } from 'zod';
import type { TokenRow } from '../byok/vendor-views.ts';
import { listTenantRecords } from '../db/tenant-store.ts';
import { listTokenRows } from '../db/token-store.ts';
import { operation } from './operation.ts';

/** The bearer tokens of the vendor's services, none of them readable. */
export const listTokens = operation({
  name: 'list-tokens',
  permission: 'tokens.manage',
  input: z.object({}),
  async run(): Promise<{ tokens: TokenRow[]; tenants: { id: string; name: string }[] }> {
    const [tokens, tenants] = await Promise.all([listTokenRows(), listTenantRecords()]);
    return { tokens, tenants: tenants.map(({ id, name }) => ({ id, name })) };
  },
});
