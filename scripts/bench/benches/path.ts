import type { Bench } from '../bench.ts';
import { environmentOf, startChild } from '../children.ts';
import { inTurn } from '../slices.ts';
import type { MemoryAnswer, MemoryCommand } from './path-memory-process.ts';
import { callsPerMillion } from './path-works.ts';

/** What stands around the cipher when a service seals: the source, the cache, the context, the format. */
export const path: Bench = {
  name: 'path',
  rounds: 9,
  async prepare({ scale, signal }) {
    const perMillion = await callsPerMillion();
    const keys = Math.round(100_000 * scale);
    const memory = async (seals: boolean) => {
      const child = await startChild<MemoryCommand, MemoryAnswer>(
        'benches/path-memory-process.ts',
        environmentOf(),
        signal,
      );
      try {
        return { ...(await child.ask({ keys, seals })) };
      } finally {
        await child.end();
      }
    };
    const held = { opening: await memory(false), sealing: await memory(true) };
    const added = (size: '64 B' | '1 KiB', bytes: number) => async () => {
      const works = { path: `path/seal ${size}`, cipher: `cipher/bare seal ${size}` } as const;
      const { path, cipher } = await inTurn(works, { bytes, signal });
      return { path, cipher, added: path - cipher };
    };
    return {
      setting: `one message at a time over a cached source of data keys, against createCipheriv('aes-256-gcm') alone; ${keys} data keys in the cache for what they take`,
      sides: {
        'seal 1 KiB': added('1 KiB', 1024),
        'seal 64 B': added('64 B', 64),
        cold: async () => {
          const works = { cold: 'path/seal cold', warm: 'path/seal 1 KiB' } as const;
          const { cold, warm } = await inTurn(works, { bytes: 8 * 1024, signal });
          return { cost: (cold - warm) / 1e3 };
        },
        // Counted, not timed: they are the same in every round.
        calls: async () => ({ perMillion }),
        opening: async () => held.opening,
        sealing: async () => held.sealing,
      },
      figures: [
        {
          title: 'Added time of a warm seal over the whole path, 1 KiB, against the cipher',
          goal: { most: 0.35 },
          ours: { side: 'seal 1 KiB', reading: 'added', unit: 'ns' },
          against: { side: 'seal 1 KiB', reading: 'cipher', unit: 'ns' },
        },
      ],
      notes: [
        { title: 'Added time at 64 B', side: 'seal 64 B', reading: 'added', unit: 'ns' },
        { title: 'The cipher at 64 B', side: 'seal 64 B', reading: 'cipher', unit: 'ns' },
        { title: 'KMS calls per million seals of one process', side: 'calls', reading: 'perMillion', unit: 'calls' },
        { title: 'Cost of a cold data key beside the call to its KMS', side: 'cold', reading: 'cost', unit: 'µs' },
        { title: `Memory of ${keys} cached data keys`, side: 'opening', reading: 'residentMb', unit: 'MB' },
        { title: 'The same, each with a run of its own', side: 'sealing', reading: 'residentMb', unit: 'MB' },
        { title: "Of that, JavaScript's heap", side: 'sealing', reading: 'heapMb', unit: 'MB' },
      ],
      close: async () => undefined,
    };
  },
};
