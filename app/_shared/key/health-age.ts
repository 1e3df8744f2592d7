import type { HealthView } from '#lib/byok/key-views.ts';

/**
 * Whether what was last seen of a key is too old to say how it is now. A revocation stays one until the key answers.
 * @param now the reader's clock; null while only the server's is known
 */
export function isOld(health: Pick<HealthView, 'state' | 'old' | 'oldFrom'>, now: number | null): boolean {
  if (health.state === 'revoked' || !health.oldFrom) return false;
  return now === null ? health.old === true : now >= Date.parse(health.oldFrom);
}
