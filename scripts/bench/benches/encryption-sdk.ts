import { randomBytes, randomUUID } from 'node:crypto';
import { DataKey } from '#lib/envelope/data-key.ts';
import type { Bench, Figure } from '../bench.ts';
import { inTurn } from '../slices.ts';
import { recordContext } from './cipher-works.ts';
import { encryptionSdkOverhead } from './encryption-sdk-works.ts';

const sizes = { '1 KiB': 1024, '1 MiB': 2 ** 20 } as const;
const goals = { '1 KiB': 40, '1 MiB': 10 } as const;

/** Both from a plaintext and a context to something that can be stored, with data keys from a cache. */
export const encryptionSdk: Bench = {
  name: 'encryption-sdk',
  rounds: 9,
  async prepare({ signal }) {
    const against = (size: keyof typeof sizes) => async () => {
      const works = { ours: `path/seal ${size}`, sdk: `sdk/encrypt ${size}` } as const;
      // It takes so much longer that a tenth of the pieces warm it up, too.
      const { ours, sdk } = await inTurn(works, { bytes: Math.max(sizes[size], 2 ** 15), signal });
      return { ours: 1e9 / ours, sdk: 1e9 / sdk };
    };
    const key = DataKey.fromRaw({
      id: randomUUID(),
      tenantId: randomUUID(),
      appId: randomUUID(),
      raw: randomBytes(32),
    });
    const overhead = {
      ours: key.seal(randomBytes(1024), recordContext).length - 1024,
      sdk: await encryptionSdkOverhead(),
    };
    return {
      setting:
        'sealItems over a cached source, against encrypt of the AWS Encryption SDK for JavaScript 5 with a caching materials manager over a raw AES keyring, suite 0x0478, its own frame length, one context for all',
      sides: {
        '1 KiB': against('1 KiB'),
        '1 MiB': against('1 MiB'),
        overhead: async () => overhead,
      },
      figures: [
        figure('1 KiB'),
        figure('1 MiB'),
        {
          title: 'Bytes on top of the plaintext of a record',
          goal: { most: 57 },
          ours: { side: 'overhead', reading: 'ours', unit: 'bytes' },
        },
      ],
      notes: [{ title: 'The same of the AWS Encryption SDK', side: 'overhead', reading: 'sdk', unit: 'bytes' }],
      close: async () => undefined,
    };
  },
};

function figure(size: keyof typeof sizes): Figure {
  return {
    title: `Seal ${size}, times the AWS Encryption SDK`,
    goal: { least: goals[size] },
    ours: { side: size, reading: 'ours', unit: 'messages/s' },
    against: { side: size, reading: 'sdk', unit: 'messages/s' },
  };
}
