/** Milliseconds that never go back and only differences of which mean anything. */
export type Clock = () => number;

/**
 * Counts time by whichever of two clocks says that more of it has passed. A monotonic clock stands still while a machine
 * is suspended or restored from a snapshot; a wall clock can be set back. Neither may lengthen the life of a key.
 */
export function laterOf(monotonic: Clock, wall: Clock): Clock {
  let lowestLead = Number.POSITIVE_INFINITY;
  let missedMs = 0;
  let latest = Number.NEGATIVE_INFINITY;
  return () => {
    const now = monotonic();
    const lead = wall() - now;
    // Set back: from here on it counts by what it gains again.
    lowestLead = Math.min(lowestLead, lead);
    const gainedMs = lead - lowestLead;
    if (gainedMs > noiseMs) {
      missedMs += gainedMs;
      lowestLead = lead;
    }
    latest = Math.max(latest, now + missedMs + (gainedMs > noiseMs ? 0 : gainedMs));
    return latest;
  };
}

/**
 * How far two sound clocks may be apart at one moment, by their resolution; not added up, or time would run away. So much of
 * a suspension may be missed each time that a clock is set back after it.
 */
export const noiseMs = 10;

/** This process's time. */
export const elapsedMs: Clock = laterOf(
  () => performance.now(),
  () => Date.now(),
);
