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
