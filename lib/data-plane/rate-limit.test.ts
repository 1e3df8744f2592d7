import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TenantLimits } from './rate-limit.ts';

describe('what a tenant may ask', () => {
  it('is a second’s worth at once, and then as much as the rate', () => {
    const limits = new TenantLimits({ requestsPerSecond: 10, itemsPerSecond: 10 });
    for (let n = 0; n < 10; n++) expect(limits.takeRequest(5_000)).toBe(0);
    expect(limits.takeRequest(5_000)).toBeCloseTo(100);
    expect(limits.takeRequest(5_100)).toBe(0);
    expect(limits.takeRequest(5_100)).toBeCloseTo(100);
    expect(limits.takeRequest(50_000)).toBe(0);
  });

  it('may be a batch that is larger than a second’s worth, where nothing was asked before', () => {
    const limits = new TenantLimits({ requestsPerSecond: 10, itemsPerSecond: 10 });
    expect(limits.takeItems(100, 0)).toBe(0);
    expect(limits.takeItems(1, 0)).toBeGreaterThan(0);
    expect(limits.takeItems(100, 9_999)).toBeCloseTo(1);
    expect(limits.takeItems(100, 10_000)).toBe(0);
  });

  it('is never more than the rate and one burst, and whoever waits as long as told is let through', () => {
    const asked = fc.array(fc.record({ afterMs: fc.nat(300), count: fc.integer({ min: 1, max: 100 }) }), {
      maxLength: 200,
    });
    fc.assert(
      fc.property(asked, fc.integer({ min: 1, max: 1_000 }), (requests, itemsPerSecond) => {
        const limits = new TenantLimits({ requestsPerSecond: 1, itemsPerSecond });
        let now = 0;
        let taken = 0;
        for (const { afterMs, count } of requests) {
          now += afterMs;
          let waitMs = limits.takeItems(count, now);
          if (waitMs > 0 && count % 2 === 0) {
            now += waitMs + 0.001;
            waitMs = limits.takeItems(count, now);
            expect(waitMs).toBe(0);
          }
          if (waitMs === 0) taken += count;
          // A batch that is larger than a burst may be taken whole.
          expect(taken).toBeLessThanOrEqual((itemsPerSecond * now) / 1_000 + Math.max(itemsPerSecond, 100) + 1);
        }
      }),
    );
  });
});
