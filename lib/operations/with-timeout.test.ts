import { expect, it } from 'vitest';
import { withTimeout } from './with-timeout.ts';

it('gives what comes in time, its failure too', async () => {
  await expect(withTimeout(1_000, Promise.resolve('here'))).resolves.toBe('here');
  await expect(withTimeout(1_000, Promise.reject(new Error('broken')))).rejects.toThrow('broken');
});

it('refuses as unavailable when nothing comes', async () => {
  await expect(withTimeout(10, new Promise(() => undefined))).rejects.toMatchObject({ code: 'unavailable' });
});
