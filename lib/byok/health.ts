/**
 * Whether a key version can be reached: a fact beside the life cycle, not a state of it. Every call that reaches for
 * the key is an observation; this is the one rule that turns observations into the health that people see.
 */
export type Health = 'not-yet-checked' | 'healthy' | 'degraded' | 'outage' | 'revoked';

export type Observation = { kind: 'answered' } | { kind: 'outage' } | { kind: 'revoked' };

/**
 * A revocation counts at once. After one, the key heals by two good answers in a row ("degraded" after the first).
 * An outage is never read as a revocation, and does not undo one: what was taken away stays away until it answers.
 */
export function nextHealth(now: Health, seen: Observation): Exclude<Health, 'not-yet-checked'> {
  switch (seen.kind) {
    case 'revoked':
      return 'revoked';
    case 'outage':
      return now === 'revoked' ? 'revoked' : 'outage';
    case 'answered':
      return now === 'revoked' ? 'degraded' : 'healthy';
  }
}

/** At most one probe per key in this time, whoever asks. */
export const probeEverySeconds = 15;

/**
 * From when on what was last seen of a key says nothing of how it is now: the greater of two minutes and twice the cache
 * time, within which every copy has been asked for again where data is read at all.
 */
export function isOldFrom(at: Date, cacheTtlSeconds: number): Date {
  return new Date(at.getTime() + Math.max(120, 2 * cacheTtlSeconds) * 1_000);
}

/** How often a page that somebody looks at has the key asked by itself, at most. */
export function askAgainAfterMs(cacheTtlSeconds: number): number {
  return Math.max(probeEverySeconds, cacheTtlSeconds) * 1_000;
}

export const healthWords = {
  'not-yet-checked': { label: 'Not yet checked', meaning: 'This key has not been used yet.' },
  healthy: { label: 'Healthy', meaning: 'The key answered the last time it was asked.' },
  degraded: {
    label: 'Degraded',
    meaning: 'The key answers again after it denied access. After one more successful check, it is healthy.',
  },
  outage: { label: 'Outage', meaning: 'The key service did not answer. This is not a revocation. Nothing is lost.' },
  revoked: {
    label: 'Revoked',
    meaning: 'Access to the key was denied. The vendor cannot read the data under it. Nothing is lost.',
  },
} as const satisfies Record<Health, { label: string; meaning: string }>;
