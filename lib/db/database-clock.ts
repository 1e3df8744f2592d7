import 'server-only';

/**
 * The database's clock, as far as this process knows it. What is stored or compared across processes goes by it: a process
 * whose own clock is a month ahead begins nothing early. What must be exact (whether a key transition is due, how old a heartbeat is)
 * is asked in SQL instead.
 */
type Reading = { databaseMs: number; at: number };
const holder = globalThis as typeof globalThis & { keywardClock?: Reading };

/** So old a reading is replaced whatever the next one says: two machines' clocks do not run at quite the same speed. */
const staleAfterMs = 10 * 60_000;

/**
 * The database's time, carried on by the monotonic clock since it was last read. Behind the truth by an answer's way, never
 * ahead of it. Before the first connection it is this process's own clock.
 */
export function databaseNow(): Date {
  const reading = holder.keywardClock;
  return reading ? new Date(Math.floor(carriedOn(reading))) : new Date();
}

/** Told by each new connection what its server says, as soon as it says so. */
export function setDatabaseClock(told: Date): void {
  const reading = { databaseMs: told.getTime(), at: performance.now() };
  const known = holder.keywardClock;
  // Each reading is behind by the way of its answer: the one furthest ahead is the nearest to the truth.
  if (!known || reading.at - known.at > staleAfterMs || carriedOn(known) < reading.databaseMs)
    holder.keywardClock = reading;
}

/** Another database has another clock. */
export function forgetDatabaseClock(): void {
  holder.keywardClock = undefined;
}

function carriedOn({ databaseMs, at }: Reading): number {
  return databaseMs + performance.now() - at;
}
