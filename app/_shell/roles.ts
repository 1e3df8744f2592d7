import type { Role } from '#lib/byok/account-views.ts';

export type NavLink = { href: string; label: string };

/** Which pages a role has, the one to land on first. */
export const pagesOf = {
  admin: [
    { href: '/enterprise-key', label: 'Enterprise Key' },
    { href: '/apps', label: 'Apps' },
    { href: '/history', label: 'History' },
  ],
  viewer: [
    { href: '/enterprise-key', label: 'Enterprise Key' },
    { href: '/apps', label: 'Apps' },
    { href: '/history', label: 'History' },
  ],
  support: [{ href: '/tenants', label: 'Tenants' }],
  operator: [
    { href: '/tenants', label: 'Tenants' },
    { href: '/tokens', label: 'Tokens' },
    { href: '/vendor-history', label: 'History' },
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
