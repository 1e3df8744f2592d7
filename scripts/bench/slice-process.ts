/** One side of a comparison by slices: does the same piece of work again and again for as long as it is told. */
import { serve } from './child.ts';

/** A piece of work, made ready once. A promise is waited for before the next piece begins. */
export type Work = () => unknown;
export type Works = Readonly<Record<string, () => Work | Promise<Work>>>;

/** `module/name`, see `modules`. */
export type WorkName = `${keyof typeof modules}/${string}`;
/** At least so long, and so many pieces. */
export type SliceCommand = { ms: number; pieces?: number };
/** Processor time of one piece, that of garbage collection included: how long others kept the processor does not count. */
export type SliceAnswer = { nanoseconds: number };

/** Loaded only by whoever does their work: the Encryption SDK alone is larger than all else together. */
const modules = {
  cipher: async (): Promise<Works> => (await import('./benches/cipher-works.ts')).cipherWorks,
  path: async (): Promise<Works> => (await import('./benches/path-works.ts')).pathWorks,
  sdk: async (): Promise<Works> => (await import('./benches/encryption-sdk-works.ts')).encryptionSdkWorks,
} as const;

const work = await prepare(process.env.KEYWARD_BENCH_WORK ?? '');
serve(
  (command: SliceCommand) => workFor(command),
  async () => undefined,
);

async function prepare(name: string): Promise<Work> {
  const [module = '', ...rest] = name.split('/');
  const make = (await modules[module as keyof typeof modules]?.())?.[rest.join('/')];
  if (!make) throw new Error(`There is no work "${name}".`);
  return make();
}

async function workFor({ ms, pieces: least = 1 }: SliceCommand): Promise<SliceAnswer> {
  const before = process.cpuUsage();
  const until = performance.now() + ms;
  let pieces = 0;
  let atOnce = 1;
  for (let now = until - ms; now < until || pieces < least; ) {
    for (let i = 0; i < atOnce; i++) {
      const done = work();
      // Waiting for what is no promise would cost a turn of its own.
      if (done instanceof Promise) await done;
    }
    pieces += atOnce;
    const began = now;
    now = performance.now();
    // Looking at the clock takes time, too: about once a millisecond.
    if (now - began < 1) atOnce *= 2;
  }
  const { user, system } = process.cpuUsage(before);
  return { nanoseconds: ((user + system) * 1e3) / pieces };
}
