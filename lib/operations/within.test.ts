import { expect, it } from 'vitest';
import { within } from './within.ts';

it('gives what comes in time, its failure too', async () => {
  await expect(within(1_000, Promise.resolve('here'))).resolves.toBe('here');
  await expect(within(1_000, Promise.reject(new Error('broken')))).rejects.toThrow('broken');
});

it('refuses as unavailable when nothing comes', async () => {
  await expect(within(10, new Promise(() => undefined))).rejects.toMatchObject({ code: 'unavailable' });
});
