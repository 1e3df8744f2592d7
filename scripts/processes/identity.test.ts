import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { identify, isSameProcess } from './identity.ts';
import { stopProcess } from './stop.ts';

const started: ReturnType<typeof spawn>[] = [];

/** A process that does nothing but wait; `stubborn` ones do not listen to SIGTERM. */
async function bystander(stubborn = false): Promise<number> {
  const code = `${stubborn ? "process.on('SIGTERM', () => {});" : ''} process.stdout.write('up'); setInterval(() => {}, 1000)`;
  const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'ignore'] });
  started.push(child);
  await once(child.stdout, 'data');
  return child.pid ?? 0;
}

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

describe('a process', () => {
  it('is known by its ID and its start together', async () => {
    const pid = await bystander();
    const known = identify(pid);
    expect(known?.pid).toBe(pid);
    expect(known && isSameProcess(known)).toBe(true);
  });

  it('is not there once it has ended', async () => {
    const pid = await bystander();
    const known = identify(pid);
    process.kill(pid, 'SIGKILL');
    if (started[0]) await once(started[0], 'exit');
    expect(identify(pid)).toBeUndefined();
    expect(known && isSameProcess(known)).toBe(false);
  });

  it.each([0, 1, -1, 1.5, Number.NaN])('is never %s', (pid) => {
    expect(identify(pid)).toBeUndefined();
  });
});

describe('ending a process', () => {
  it('leaves alone whoever got the same ID since', async () => {
    const pid = await bystander();
    const recycled = { pid, startedAt: 'long before' };
    expect(await stopProcess(recycled)).toBe(true);
    expect(identify(pid)).toBeDefined();
  });

  it('asks, and then does not ask', async () => {
    const known = identify(await bystander(true));
    if (!known) throw new Error('the bystander did not start');
    const steps = {
      signals: [
        ['SIGTERM', 100],
        ['SIGKILL', 2000],
      ],
    } as const;
    expect(await stopProcess(known, steps)).toBe(true);
    expect(isSameProcess(known)).toBe(false);
  });
});
