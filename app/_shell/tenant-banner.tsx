import 'server-only';
import { currentKeys } from './current-keys.ts';
import { currentMe } from './current-me.ts';
import { LiveTenantBanner } from './live-tenant-banner.tsx';
import { tenantNotice } from './tenant-banner-words.ts';

/** At the top of each page of a tenant whose data cannot be read now. It follows the tenant's keys by itself. */
export async function TenantBanner() {
  const me = await currentMe();
  // The vendor's people have no keys of their own, and asking for them would be one more refusal in the history.
  if (!me.ok || me.data.tenant === null || me.data.mustChangePassword) return null;
  const list = await currentKeys();
  const now = Date.now();
  return list.ok ? <LiveTenantBanner initial={tenantNotice(list.data, now)} renderedAt={now} /> : null;
}
