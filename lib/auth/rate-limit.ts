import 'server-only';
import { RateLimiterPrisma, RateLimiterRes } from 'rate-limiter-flexible';
import { db } from '../db/client.ts';

const limits = {
  /** Per person and authorization profile, as the console promises: five tries a minute. */
  'check-profile': { points: 5, duration: 60 },
} as const;

/** Counts a try, across all processes. @returns false where there were too many: say nothing about what was tried */
export async function allowTry(limit: keyof typeof limits, key: string): Promise<boolean> {
  const limiter = new RateLimiterPrisma({
    storeClient: db(),
    tableName: 'rateLimiterFlexible',
    keyPrefix: limit,
    clearExpiredByTimeout: false,
    ...limits[limit],
  });
  try {
    await limiter.consume(key);
    return true;
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return false;
    throw refused;
  }
}
