import type { PolicyShape } from './policy-shape.ts';

/** How the policies are written where nothing was chosen. */
export const usualShape: PolicyShape = { trustPrincipal: 'role', keyPrincipal: 'role', otherTenants: [] };

export const tenantIdProblem = 'A tenant ID is a UUID.';
export const mostOtherTenants = 50;
export const tooManyTenants = `At most ${mostOtherTenants} further tenants.`;

/** The same form that `policyShapeSchema` demands. */
const form =
  /^([0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}|0{8}-0{4}-0{4}-0{4}-0{12}|f{8}-f{4}-f{4}-f{4}-f{12})$/i;

/** Why these cannot be IDs of other tenants; null where they can. */
export function tenantIdsProblem(ids: readonly string[]): string | null {
  if (!ids.every((id) => form.test(id))) return tenantIdProblem;
  return ids.length > mostOtherTenants ? tooManyTenants : null;
}

/** As they are stored: each once, in small letters. */
export function distinctTenantIds(ids: readonly string[]): string[] {
  return [...new Set(ids.map((id) => id.toLowerCase()))];
}

/** Tenant IDs as somebody pastes them: separated by commas, spaces or lines. */
export function splitTenantIds(text: string): string[] {
  return text.split(/[\s,;]+/).filter((part) => part !== '');
}
