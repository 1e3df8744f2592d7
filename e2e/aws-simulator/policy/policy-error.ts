/** A policy that AWS would refuse, or that says something the simulator does not know. The message names the place. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
}
