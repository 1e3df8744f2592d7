import 'server-only';
import { pruneAuditSources } from '../db/audit-store.ts';
import { pruneSessions } from '../db/person-store.ts';
import { pruneRateLimits, pruneSignInCounts } from '../db/sign-in-count-store.ts';

/**
 * Removes what is kept for a while only: where people signed in from (90 days), counters of tries that count nothing any
 * more, and sessions that ran out. @returns how many rows in all
 */
export async function prune(): Promise<number> {
  let removed = 0;
  for (const part of [pruneAuditSources, pruneSignInCounts, pruneRateLimits, pruneSessions]) removed += await part();
  return removed;
}
