import type { ClientBase } from 'pg';
import { providerList } from '#lib/byok/providers.ts';

/**
 * Adds the providers that this version knows, on which configurations and key versions hang. None is taken away: rows may be of it,
 * and a process that does not know it refuses them. Does nothing in a database whose migrations end before there was such a table.
 */
export async function fillProviders(owner: ClientBase): Promise<void> {
  const { rows } = await owner.query<{ there: boolean }>(`SELECT to_regclass('public.provider') IS NOT NULL AS there`);
  if (!rows[0]?.there) return;
  await owner.query('INSERT INTO public.provider (id) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING', [
    providerList.map(({ id }) => id),
  ]);
}
