import type { Bench, Figure, Note, Readings } from '../bench.ts';
import { inTurn } from '../slices.ts';
import { additionalBytes, cipherSizes } from './cipher-works.ts';

type Size = keyof typeof cipherSizes;

/** What is promised, as a share of how many messages Node's own cipher does in the same time. */
const goals = { '64 B': 0.75, '1 KiB': 0.75, '16 KiB': 0.7, '1 MiB': 0.85 } satisfies Record<Size, number>;
const sizes = Object.keys(goals) as Size[];
const ways = ['seal', 'open'] as const;
const many = 'open of many 1 KiB';

/** Whole envelopes against `createCipheriv` alone, which only its ciphertext and tag are asked of, in pieces of their own. */
export const cipher: Bench = {
  name: 'cipher',
  rounds: 9,
  async prepare(lab) {
    const against = (ours: string, bare: string, size: Size) => async (): Promise<Readings> => {
      const works = { ours: `cipher/${ours}`, bare: `cipher/${bare}` } as const;
      const times = await inTurn(works, { bytes: cipherSizes[size], signal: lab.signal });
      return { ours: 1e9 / times.ours, bare: 1e9 / times.bare };
    };
    const pairs = sizes.flatMap((size) =>
      ways.map((way) => ({ size, name: `${way} ${size}`, bare: `bare ${way} ${size}` })),
    );
    return {
      setting: `from plaintext and context to an envelope and back, against createCipheriv('aes-256-gcm') with a KeyObject kept, a counter as IV and ${additionalBytes} bytes of additional data kept`,
      sides: {
        ...Object.fromEntries(pairs.map(({ name, bare, size }) => [name, against(name, bare, size)])),
        [many]: against(many, 'bare open 1 KiB', '1 KiB'),
        'xaes seal 64 B': against('xaes seal 64 B', 'bare seal 64 B', '64 B'),
      },
      figures: [
        ...pairs.map(({ size, name }) => figure(`${upper(name)}, against bare AES-256-GCM`, name, goals[size])),
        figure('Open 1 KiB, each of another run, against bare AES-256-GCM', many, 0.45),
      ],
      notes: [note('XAES-256-GCM alone, 64 B', 'xaes seal 64 B')],
      close: async () => undefined,
    };
  },
};

function figure(title: string, side: string, least: number): Figure {
  const unit = 'messages/s';
  return { title, goal: { least }, ours: { side, reading: 'ours', unit }, against: { side, reading: 'bare', unit } };
}

function note(title: string, side: string): Note {
  return { title, side, reading: 'ours', unit: 'messages/s' };
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
