/** A policy that AWS would refuse, or that says something the simulator does not know. The message names the place. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
}

/** The document is longer than its quota: KMS has an error of its own for that. */
export class PolicyTooLong extends PolicyError {}
