import type { Role } from '../byok/account-views.ts';
import type { TokenAction } from '../byok/vendor-views.ts';

/**
 * Who may do what. A permission's `scope` says whose things it is about: `self` the caller's own account, `tenant`
 * the caller's own tenant and no other, `vendor` every tenant, `seen` whatever the caller's own pages are about, `public` nobody's. Services come with a token instead
 * of a role; a token's actions are permissions of its tenant. A command on the server may what an operator may of every
 * tenant's things: whoever runs it holds the database's password.
 */
export const permissions = {
  'public.read': { scope: 'public', roles: [] },
  'self.read': { scope: 'self', roles: ['admin', 'viewer', 'support', 'operator'] },
  'self.change-password': { scope: 'self', roles: ['admin', 'viewer', 'support', 'operator'] },
  'names.read': { scope: 'seen', roles: ['admin', 'viewer', 'support', 'operator'] },
  'keys.read': { scope: 'tenant', roles: ['admin', 'viewer'] },
  'keys.write': { scope: 'tenant', roles: ['admin'] },
  'keys.test': { scope: 'tenant', roles: ['admin'] },
  'keys.check': { scope: 'tenant', roles: ['admin'] },
  'data.validate': { scope: 'tenant', roles: ['admin'] },
  'data.open': { scope: 'tenant', roles: ['admin'] },
  'history.read': { scope: 'tenant', roles: ['admin', 'viewer'] },
  'tenants.read': { scope: 'vendor', roles: ['support', 'operator'] },
  'tenants.check': { scope: 'vendor', roles: ['support', 'operator'] },
  'tenants.manage': { scope: 'vendor', roles: ['operator'] },
  'tokens.manage': { scope: 'vendor', roles: ['operator'] },
  'vendor-history.read': { scope: 'vendor', roles: ['operator'] },
  'items.encrypt': { scope: 'tenant', roles: [], token: 'encrypt' },
  'items.decrypt': { scope: 'tenant', roles: [], token: 'decrypt' },
  'data-keys.lease': { scope: 'tenant', roles: [], token: 'lease' },
} as const satisfies Record<string, PermissionRule>;

export type PermissionRule = {
  scope: 'public' | 'self' | 'seen' | 'tenant' | 'vendor';
  roles: readonly Role[];
  token?: TokenAction;
};

export type Permission = keyof typeof permissions;
