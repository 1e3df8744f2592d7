import { describe, expect, it } from 'vitest';
import { said } from '../../byok/messages/message.ts';
import { inParallel, untilAborted, watchProgress } from './task.ts';

describe('watchProgress', () => {
  it('gives up after three passes in a row in which nothing moved, with the reason', () => {
    const progress = watchProgress(said('Nothing moves.'));
    for (const moved of [0, 0, 1, 0, 0]) progress(moved);
    const refusal = { code: 'conflict', details: { reason: 'Nothing moves.' } };
    expect(() => progress(0)).toThrow(expect.objectContaining(refusal));
  });
});

describe('untilAborted', () => {
  const never = new Promise<never>(() => undefined);

  it('is what the work comes to', async () => {
    const { signal } = new AbortController();
    expect(await untilAborted(Promise.resolve(7), signal)).toBe(7);
    await expect(untilAborted(Promise.reject(new Error('no')), signal)).rejects.toThrow('no');
  });

  it('ends with the signal, before and during the work', async () => {
    const stop = new AbortController();
    const waiting = untilAborted(never, stop.signal);
    stop.abort(new Error('told to end'));
    await expect(waiting).rejects.toThrow('told to end');
    await expect(untilAborted(never, stop.signal)).rejects.toThrow('told to end');
  });
});

describe('inParallel', () => {
  it('begins nothing more after a failure, and throws it once those under way have ended', async () => {
    const seen: number[] = [];
    const run = inParallel([1, 2, 3, 4], 2, new AbortController().signal, async (item) => {
      seen.push(item);
      await new Promise((resolve) => setImmediate(resolve));
      if (item === 2) throw new Error('two');
    });
    await expect(run).rejects.toThrow('two');
    expect(seen.length).toBeLessThan(4);
  });
});
