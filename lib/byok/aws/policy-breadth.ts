import type { AwsAuthMode } from './connection.ts';

export type PolicyScope = {
  /** Since when the IAM policy may say `"Resource": "*"`, and who chose so. */
  since: string;
  by: string;
  /** `checked`: a pasted policy was found to name the key alone. `said`: its administrator says so. */
  narrowed: { at: string; by: string; how: 'checked' | 'said' } | null;
};

/** True while a policy that names every key may still apply. */
export function mayBeWide(scope: PolicyScope | null): boolean {
  return scope !== null && scope.narrowed === null;
}

/** Whether the IAM policy may name every key at first, while there is none yet, and is to be narrowed later. */
export const narrowsLater: Readonly<Record<AwsAuthMode, boolean>> = { 'assume-role': true, 'access-key': false };
