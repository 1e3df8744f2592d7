import type { Role } from '#lib/byok/account-views.ts';

export type NavLink = { href: string; label: string; icon: NavIcon };
export type NavIcon = 'key' | 'apps' | 'history' | 'tenants' | 'tokens';

const ofTenant = [
  { href: '/enterprise-key', label: 'Enterprise Key', icon: 'key' },
  { href: '/apps', label: 'Apps', icon: 'apps' },
  { href: '/history', label: 'History', icon: 'history' },
] as const satisfies readonly NavLink[];

/** Which pages a role has, the one to land on first. */
export const pagesOf = {
  admin: ofTenant,
  viewer: ofTenant,
  support: [{ href: '/tenants', label: 'Tenants', icon: 'tenants' }],
  operator: [
    { href: '/tenants', label: 'Tenants', icon: 'tenants' },
    { href: '/tokens', label: 'Tokens', icon: 'tokens' },
    { href: '/vendor-history', label: 'History', icon: 'history' },
  ],
} as const satisfies Record<Role, readonly [NavLink, ...NavLink[]]>;

/** Where somebody of this role arrives. */
export function landingPath(role: Role): string {
  return pagesOf[role][0].href;
}

export const roleWords = {
  admin: 'Administrator',
  viewer: 'Viewer, read-only',
  support: 'Vendor support, read-only',
  operator: 'Vendor operator',
} as const satisfies Record<Role, string>;

/** What search finds for a role, as its field says. */
export const searchedBy = {
  admin: 'Search keys, apps and pages',
  viewer: 'Search keys, apps and pages',
  support: 'Search tenants and pages',
  operator: 'Search tenants and pages',
} as const satisfies Record<Role, string>;
