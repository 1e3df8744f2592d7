/**
 * Two things that take microseconds, held against each other: each has a process of its own, so that neither lives on what
 * the other has made the compiler think, and they work in turn, slice by slice, so that whatever else the machine does
 * meets both alike.
 */
import { environmentOf, startChild } from './children.ts';
import { medianOf } from './runner.ts';
import type { SliceAnswer, SliceCommand, WorkName } from './slice-process.ts';

/** Long enough that what a pause has given back to the system, and is fetched again, does not count: that is most with large ones. */
const sliceMs = (bytes: number) => (bytes < 2 ** 18 ? 40 : 300);
const slices = 10;
/** By then the compiler has done its best, on a busy machine, too. */
const warm = { ms: 200, pieces: 60_000, bytes: 2 ** 28 };

/** @param bytes of one piece, so that large ones are not warmed up for minutes
 * @returns nanoseconds of processor time that one piece of each work takes, the median of its slices, by the names given */
export async function inTurn<Name extends string>(
  works: Readonly<Record<Name, WorkName>>,
  { bytes, signal }: { bytes: number; signal: AbortSignal },
): Promise<Record<Name, number>> {
  const env = environmentOf();
  const pieces = Math.min(warm.pieces, Math.ceil(warm.bytes / bytes));
  const sides = await Promise.all(
    (Object.entries(works) as [Name, WorkName][]).map(async ([name, work]) => ({
      name,
      times: [] as number[],
      child: await startChild<SliceCommand, SliceAnswer>(
        'slice-process.ts',
        { ...env, KEYWARD_BENCH_WORK: work },
        signal,
      ),
    })),
  );
  try {
    for (const { child } of sides) await child.ask({ ms: warm.ms, pieces });
    for (let slice = 0; slice < slices; slice++) {
      for (const { child, times } of slice % 2 === 0 ? sides : sides.toReversed())
        times.push((await child.ask({ ms: sliceMs(bytes) })).nanoseconds);
    }
    return Object.fromEntries(sides.map(({ name, times }) => [name, medianOf(times)])) as Record<Name, number>;
  } finally {
    for (const { child } of sides) await child.end();
  }
}
