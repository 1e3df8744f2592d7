/** How the policies that we show are written, where a customer has a choice. Nothing of it changes what Keyward does. */
import * as z from '../zod-config.ts';
import { distinctTenantIds, mostOtherTenants, tenantIdProblem, tooManyTenants } from './tenant-ids.ts';

export const policyShapeSchema = z.object({
  /** Whom the role's trust policy names: our service role, or our whole account (then our own policies decide within it). */
  trustPrincipal: z.enum(['role', 'account']).default('role'),
  /** Whom the key policy names: the customer's role, or the customer's account (then its IAM policies decide within it). */
  keyPrincipal: z.enum(['role', 'account']).default('role'),
  /** Other tenants of the same customer that use the same key, beside this one: their IDs. */
  otherTenants: z
    .array(z.uuid({ error: tenantIdProblem }))
    .max(mostOtherTenants, { error: tooManyTenants })
    .transform(distinctTenantIds)
    .default([]),
});
export type PolicyShape = z.infer<typeof policyShapeSchema>;

/** What is stored; the usual shape where there is none. */
export function readPolicyShape(stored: unknown): PolicyShape {
  const parsed = policyShapeSchema.safeParse(stored ?? {});
  return parsed.success ? parsed.data : policyShapeSchema.parse({});
}
