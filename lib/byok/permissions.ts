/** Which actions on the customer's key are permitted to us, one by one, as a provider's test has seen it. */
/** How the provider answered a call. `unclear`: it failed for another reason, which says nothing about the permission. */
export const actionOutcomes = ['permitted', 'denied', 'unclear'] as const;
export type ActionOutcome = (typeof actionOutcomes)[number];

export type Permission = {
  /** By the provider's own name: `kms:Decrypt`. */
  action: string;
  /** What we do with it, as half a sentence. */
  use: string;
  /** Without it the key cannot be used: false for what is only shown, and for what a passed test did without. */
  needed: boolean;
  /** `not-permitted-to-see`: denied, where all that is lost is that something is not shown. */
  outcome: ActionOutcome | 'not-permitted-to-see' | 'not-tried';
};
