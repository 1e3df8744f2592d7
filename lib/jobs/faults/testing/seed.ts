import { createHash } from 'node:crypto';

/** Numbers from 0 to 1 that a seed decides, so that a failing run can be repeated. */
export type Random = () => number;

/** The run's seed: given, or another one each time. Printed by whoever draws from it. */
export const seed = Number(process.env.KEYWARD_TEST_SEED ?? Date.now() % 1_000_000);

/** @param name keeps the numbers of one test apart from those of another, whichever runs first */
export function randomOf(name: string): Random {
  let n = 0;
  return () => createHash('sha256').update(`${seed}:${name}:${n++}`).digest().readUInt32BE(0) / 2 ** 32;
}

export function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('there is nothing to pick from');
  return item;
}

/** How many moments a test of random moments tries: few unless more are asked for. */
export function momentsOr(usual: number): number {
  return Number(process.env.KEYWARD_TEST_MOMENTS ?? usual);
}
