import type { Bench, Figure, Note, Readings } from '../bench.ts';
import { environmentOf, startChild } from '../children.ts';
import type { StreamAnswer, StreamCommand, StreamWork } from '../stream-process.ts';

const mib = 2 ** 20;
const works = ['seal', 'bare seal', 'open', 'bare open'] as const satisfies readonly StreamWork[];

/** Large data, in and out in pieces of 64 KiB: a whole stream, with its back-pressure, against one cipher in a plain loop. */
export const stream: Bench = {
  name: 'stream',
  rounds: 9,
  async prepare({ scale, signal }) {
    const env = environmentOf();
    const bytes = Math.max(1, Math.round(256 * scale)) * mib;
    const run = async (work: StreamWork, size: number): Promise<StreamAnswer> => {
      const child = await startChild<StreamCommand, StreamAnswer>('stream-process.ts', env, signal);
      const answer = await child.ask({ work, bytes: size });
      await child.end();
      return answer;
    };
    const side = (work: StreamWork) => async (): Promise<Readings> => {
      const { cpuSeconds, seconds, aboveIdleMb } = await run(work, bytes);
      return { rate: bytes / mib / cpuSeconds, wall: bytes / mib / seconds, aboveIdleMb };
    };
    const overhead = async (): Promise<Readings> => {
      const { bytesOut } = await run('seal', 64 * mib);
      return { percent: (bytesOut / (64 * mib) - 1) * 100 };
    };
    return {
      setting: `${bytes / mib} MiB in pieces of 64 KiB, through a stream of segments and through one cipher in a loop; processor time`,
      sides: { ...Object.fromEntries(works.map((work) => [work, side(work)])), overhead },
      figures: [
        figure('Sealing a stream, against one cipher fed 64 KiB', 'seal'),
        figure('Opening a stream, against one cipher fed 64 KiB', 'open'),
        {
          title: 'Bytes on top of a stream of 64 MiB',
          goal: { most: 0.03 },
          ours: { side: 'overhead', reading: 'percent', unit: '%' },
        },
      ],
      notes: [
        note('Sealing a stream, as time passes', 'seal', 'wall', 'MiB/s'),
        note('One cipher, as time passes', 'bare seal', 'wall', 'MiB/s'),
        note('Most memory above idle, sealing', 'seal', 'aboveIdleMb', 'MB'),
        note('Most memory above idle, one cipher', 'bare seal', 'aboveIdleMb', 'MB'),
      ],
      close: async () => undefined,
    };
  },
};

function figure(title: string, work: 'seal' | 'open'): Figure {
  const unit = 'MiB/s';
  return {
    title,
    goal: { least: 0.6 },
    ours: { side: work, reading: 'rate', unit },
    against: { side: `bare ${work}`, reading: 'rate', unit },
  };
}

function note(title: string, side: StreamWork, reading: string, unit: string): Note {
  return { title, side, reading, unit };
}
