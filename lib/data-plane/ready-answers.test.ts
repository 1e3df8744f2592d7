import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Call } from './call.ts';
import { ReadyAnswers } from './ready-answers.ts';

/** What a call is told, by its name. */
function callsInto(told: string[]) {
  return (name: string, breaks = false) =>
    ({
      writeAscii(body: string) {
        if (breaks) throw new Error('This one cannot be written.');
        told.push(`${name} ${body}`);
      },
      fail: (error: Error) => told.push(`${name} failed: ${error.message}`),
    }) as unknown as Call;
}

function passMs(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

describe('answers that are ready', () => {
  it('leave at the end of the turn that made them, in their order, each once', async () => {
    const [told, ready] = [[] as string[], new ReadyAnswers()];
    const call = callsInto(told);
    ready.add(call('a'), '1');
    ready.add(call('b'), '2');
    expect(told).toEqual([]);
    await turn();
    expect(told).toEqual(['a 1', 'b 2']);
    ready.add(call('c'), '3');
    await turn();
    await turn();
    expect(told).toEqual(['a 1', 'b 2', 'c 3']);
  });

  it('do not wait for a long turn to end', async () => {
    const [told, ready] = [[] as string[], new ReadyAnswers()];
    const call = callsInto(told);
    ready.add(call('a'), '1');
    passMs(2);
    ready.add(call('b'), '2');
    expect(told).toEqual(['a 1', 'b 2']);
    await turn();
    expect(told).toHaveLength(2);
  });

  it('do not suffer from one that cannot be written', async () => {
    const [told, ready] = [[] as string[], new ReadyAnswers()];
    const call = callsInto(told);
    ready.add(call('a', true), '1');
    ready.add(call('b'), '2');
    await turn();
    expect(told).toEqual(['a failed: This one cannot be written.', 'b 2']);
  });
});
