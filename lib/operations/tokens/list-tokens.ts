import { z } from 'zod';
import type { TokenRow } from '../../byok/vendor-views.ts';
import { listTenantNames } from '../../db/tenant-store.ts';
import { listTokenRows } from '../../db/token-store.ts';
import { operation } from '../operation.ts';

/** Tenants that are offered at once; beyond them one is found by how its name begins. */
export const tenantsOffered = 200;

export type TokenList = {
  tokens: TokenRow[];
  /** The ID to go on before; null at the end. */
  next: string | null;
  tenants: { id: string; name: string }[];
  /** There are more tenants than are offered. */
  moreTenants: boolean;
};

/** NUL stands in no name: a text with it finds what it finds without it. */
const searched = z
  .string()
  .max(200)
  .transform((text) => text.replaceAll('\0', '').trim())
  .default('');

/** The bearer tokens of the vendor's services, none of them readable, a page at a time; and for whom one could be made. */
export const listTokens = operation({
  name: 'list-tokens',
  permission: 'tokens.manage',
  input: z.object({
    /** How a token's name, its tenant's name or the token itself begins. */
    search: searched,
    before: z.uuid().optional(),
    limit: z.int().min(1).max(1_000).default(50),
    /** How the names of the tenants begin that are offered. */
    tenant: searched,
  }),
  async run(_context, { search, before, limit, tenant }): Promise<TokenList> {
    const [tokens, tenants] = await Promise.all([
      listTokenRows({ search, ...(before ? { before } : {}), limit: limit + 1 }),
      listTenantNames(tenant, tenantsOffered + 1),
    ]);
    const page = tokens.slice(0, limit);
    return {
      tokens: page,
      next: tokens.length > limit ? (page.at(-1)?.id ?? null) : null,
      tenants: tenants.slice(0, tenantsOffered),
      moreTenants: tenants.length > tenantsOffered,
    };
  },
});
