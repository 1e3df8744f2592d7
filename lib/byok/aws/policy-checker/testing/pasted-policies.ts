import { morePolicies } from './more-pasted.ts';
import { keyPolicies } from './pasted-key-policies.ts';
import { permissionPolicies } from './pasted-permission-policies.ts';
import { shapedPolicies } from './pasted-shapes.ts';
import { trustPolicies } from './pasted-trust-policies.ts';
import type { Pasted } from './statements.ts';

export const pastedPolicies: readonly Pasted[] = [
  ...trustPolicies,
  ...permissionPolicies,
  ...keyPolicies,
  ...shapedPolicies,
  ...morePolicies,
];
