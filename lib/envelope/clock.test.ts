import fc from 'fast-check';
import { expect, test } from 'vitest';
import { laterOf, noiseMs } from './clock.ts';

/** What happens between two looks at the clocks. */
const step = fc.oneof(
  fc.record({ kind: fc.constant('pass' as const), ms: fc.double({ min: 0, max: 100_000, noNaN: true }) }),
  fc.record({ kind: fc.constant('suspend' as const), ms: fc.nat(10_000_000) }),
  fc.record({ kind: fc.constant('set back' as const), ms: fc.nat(10_000_000) }),
  fc.record({ kind: fc.constant('set forward' as const), ms: fc.nat(10_000_000) }),
);

/** So short that it cannot be told from the clocks' resolution, and hidden by a clock set back at once. */
const SHORT_SUSPENSION = [
  { kind: 'suspend' as const, ms: 4 },
  { kind: 'set back' as const, ms: 4 },
  { kind: 'pass' as const, ms: 10 },
];

test('no suspension and no setting of a clock makes time run slower than it does, or back', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 50 }), (history) => {
      const world = { real: 0, monotonic: 1_000, wall: 1_700_000_000_000 };
      const clock = laterOf(
        () => world.monotonic,
        () => Math.floor(world.wall),
      );
      const began = clock();
      let before = began;
      let setBacks = 0;
      for (const { kind, ms } of history) {
        if (kind === 'pass' || kind === 'suspend') {
          world.real += ms;
          world.wall += ms;
        }
        if (kind === 'pass') world.monotonic += ms;
        if (kind === 'set back') {
          world.wall -= ms;
          setBacks++;
        }
        if (kind === 'set forward') world.wall += ms;
        const now = clock();
        expect(now).toBeGreaterThanOrEqual(before);
        // One millisecond is the resolution of the wall clock.
        const missedMs = 1 + setBacks * (noiseMs + 1);
        expect(now - began).toBeGreaterThanOrEqual(world.real - missedMs - 1e-3);
        before = now;
      }
    }),
    { numRuns: 500, examples: [[SHORT_SUSPENSION]] },
  );
});

test('two sound clocks that are looked at all the time do not make time run faster', () => {
  let now = 0;
  const clock = laterOf(
    () => now,
    () => Math.floor(now),
  );
  const began = clock();
  for (; now < 10_000; now += 0.3) clock();
  expect(clock() - began).toBeLessThan(10_020);
});
