import { expect, it } from 'vitest';
import { HashQueueFull, hashInTurn } from './hash-queue.ts';

/** Work that ends when it is told to. */
function held() {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { end, ended };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

it('lets three hash at once, of strangers two, and known people first', async () => {
  const begun: string[] = [];
  const all: Promise<void>[] = [];
  const holds = new Map<string, ReturnType<typeof held>>();
  const add = (who: 'known' | 'stranger', name: string) => {
    const hold = held();
    holds.set(name, hold);
    all.push(
      hashInTurn(who, async () => {
        begun.push(name);
        await hold.ended;
      }),
    );
  };
  for (const name of ['s1', 's2', 's3']) add('stranger', name);
  expect(begun).toEqual(['s1', 's2']);
  for (const name of ['k1', 'k2']) add('known', name);
  expect(begun).toEqual(['s1', 's2', 'k1']);
  holds.get('s1')?.end();
  await turn();
  expect(begun).toEqual(['s1', 's2', 'k1', 'k2']);
  holds.get('k1')?.end();
  await turn();
  expect(begun).toEqual(['s1', 's2', 'k1', 'k2', 's3']);
  for (const hold of holds.values()) hold.end();
  await Promise.all(all);
});

it('refuses strangers where too many wait, and nobody who is known for their sake', async () => {
  const hold = held();
  const strangers = Array.from({ length: 22 }, () => hashInTurn('stranger', () => hold.ended));
  await expect(hashInTurn('stranger', async () => {})).rejects.toThrow(HashQueueFull);
  expect(await hashInTurn('known', async () => 'done')).toBe('done');
  hold.end();
  await Promise.all(strangers);
});

it('gives its place up also where the work fails', async () => {
  const failing = () => hashInTurn('stranger', () => Promise.reject(new Error('no')));
  for (let n = 0; n < 5; n++) await expect(failing()).rejects.toThrow('no');
  expect(await hashInTurn('stranger', async () => 'done')).toBe('done');
});
