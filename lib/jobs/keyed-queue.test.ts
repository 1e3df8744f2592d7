import { describe, expect, it } from 'vitest';
import { keyedQueue } from './keyed-queue.ts';

/** Work that ends when it is told to. */
function manual() {
  const ends = new Map<string, () => void>();
  let most = 0;
  const begun: string[] = [];
  const work = (name: string) =>
    new Promise<void>((resolve) => {
      begun.push(name);
      ends.set(name, () => {
        ends.delete(name);
        resolve();
      });
      most = Math.max(most, ends.size);
    });
  return { work, begun, ends, most: () => most };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('atMost', () => {
  it('works on all of fifty, four at a time', async () => {
    const { work, begun, ends, most } = manual();
    const queue = keyedQueue(4, new AbortController().signal, work);
    for (let n = 0; n < 50; n++) queue.begin(`name ${n}`);
    while (ends.size > 0) {
      for (const end of [...ends.values()]) end();
      await turn();
    }
    await queue.settled();
    expect(begun).toHaveLength(50);
    expect(most()).toBe(4);
  });

  it('begins nothing that is under way or waits already', async () => {
    const { work, begun, ends } = manual();
    const queue = keyedQueue(1, new AbortController().signal, work);
    for (const name of ['a', 'a', 'b', 'b', 'a']) queue.begin(name);
    ends.get('a')?.();
    await turn();
    ends.get('b')?.();
    await turn();
    expect(begun).toEqual(['a', 'b']);
  });

  it('begins nothing after the signal, and is settled when what was under way has ended', async () => {
    const { work, begun, ends } = manual();
    const stop = new AbortController();
    const queue = keyedQueue(1, stop.signal, work);
    for (const name of ['a', 'b']) queue.begin(name);
    stop.abort();
    let settled = false;
    const done = queue.settled().then(() => {
      settled = true;
    });
    await turn();
    expect(settled).toBe(false);
    ends.get('a')?.();
    await done;
    queue.begin('c');
    expect(begun).toEqual(['a']);
  });
});
