import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SharedReads } from './shared-reads.ts';

it('gives nobody what was read before he asked, and reads twice for any number that ask at once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 40 }),
      fc.integer({ min: 1, max: 50 }),
      async (pauses, atOnce) => {
        const reads = new SharedReads();
        let time = 0;
        let begun = 0;
        const read = async () => {
          begun++;
          const at = time;
          for (let n = 0; n < 3; n++) await Promise.resolve();
          return at;
        };
        const callers: Promise<void>[] = [];
        for (const pause of pauses) {
          for (let n = 0; n < pause; n++) await Promise.resolve();
          const asked = ++time;
          callers.push(reads.read('row', read).then((at) => expect(at).toBeGreaterThanOrEqual(asked)));
        }
        await Promise.all(callers);
        begun = 0;
        await Promise.all(Array.from({ length: atOnce }, () => reads.read('row', read)));
        expect(begun).toBeLessThanOrEqual(2);
      },
    ),
  );
});

it('shares a failure with those who shared the read, and goes on', async () => {
  const reads = new SharedReads();
  const results = await Promise.allSettled([
    reads.read('row', () => Promise.reject(new Error('first'))),
    reads.read('row', async () => 'second'),
    reads.read('row', async () => 'never begun'),
    reads.read('another', async () => 'its own'),
  ]);
  expect(results.map((one) => (one.status === 'fulfilled' ? one.value : one.reason.message))).toEqual([
    'first',
    'second',
    'second',
    'its own',
  ]);
  expect(await reads.read('row', async () => 'again')).toBe('again');
});
