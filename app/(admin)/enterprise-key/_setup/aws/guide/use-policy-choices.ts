'use client';

import { useState } from 'react';
import type { PolicyShape } from '#lib/byok/aws/policy-shape.ts';
import { distinctTenantIds, splitTenantIds, tenantIdsProblem } from '#lib/byok/aws/tenant-ids.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';

/** Where the error summary leads. */
export const otherTenantsId = 'otherTenants';

export type PolicyChoices = {
  /** What the policies are shown by: what is chosen now, whether or not it is saved. */
  shape: PolicyShape;
  /** As typed, whether or not it can be read. */
  otherTenants: string;
  /** Why what is typed cannot be saved; null when it can. */
  problem: string | null;
  changed: boolean;
  choose: (part: Partial<Omit<PolicyShape, 'otherTenants'>>) => void;
  typeTenants: (text: string) => void;
};

/** How the policies are to be written, as it is being chosen. IDs that cannot be read leave the policies as they were. */
export function usePolicyChoices({ configuration, tenant }: SetupView): PolicyChoices {
  const saved = configuration.policyShape;
  const [chosen, setChosen] = useState<Omit<PolicyShape, 'otherTenants'>>(saved);
  const [otherTenants, setOtherTenants] = useState(saved.otherTenants.join('\n'));
  const typed = splitTenantIds(otherTenants);
  const unreadable = tenantIdsProblem(typed);
  const named = typed.some((id) => id.toLowerCase() === tenant.id)
    ? 'One of these is your own ID: it is in the policies anyway. Leave only the others here.'
    : null;
  const shape = { ...chosen, otherTenants: unreadable ? saved.otherTenants : distinctTenantIds(typed) };
  return {
    shape,
    otherTenants,
    problem: unreadable ?? named,
    changed:
      shape.trustPrincipal !== saved.trustPrincipal ||
      shape.keyPrincipal !== saved.keyPrincipal ||
      typed.join().toLowerCase() !== saved.otherTenants.join(),
    choose: (part) => setChosen((before) => ({ ...before, ...part })),
    typeTenants: setOtherTenants,
  };
}
