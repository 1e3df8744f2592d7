import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { makeLog } from './log.ts';
import { briefly, logOften, writeOpenWindows } from './log-often.ts';

const lines: string[] = [];
const to = makeLog('debug', { write: (line: string) => void lines.push(line) });

beforeEach(() => {
  lines.length = 0;
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function strike(kind: string, times: number): void {
  const error = Object.assign(new Error('Invalid call:\n\n\nConnection terminated'), { code: 'P1017' });
  for (let time = 0; time < times; time += 1)
    logOften(kind, { requestId: `request-${time}`, fields: { reason: briefly(error) } }, 'operation failed', to);
}

it('a thousand of one kind in a second are one short line with their count', () => {
  strike('database-down', 1_000);
  expect(lines).toEqual([]);
  vi.advanceTimersByTime(1_000);
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    kind: 'database-down',
    count: 1_000,
    reason: { code: 'P1017', message: 'Connection terminated' },
    msg: 'operation failed',
  });
  expect(lines[0]?.length).toBeLessThan(600);
});

it('each kind and each second has a line of its own', () => {
  strike('database-down', 3);
  strike('database-busy', 2);
  vi.advanceTimersByTime(1_000);
  strike('database-down', 1);
  vi.advanceTimersByTime(1_000);
  expect(lines.map((line) => JSON.parse(line)).map(({ kind, count }) => [kind, count])).toEqual([
    ['database-down', 3],
    ['database-busy', 2],
    ['database-down', 1],
  ]);
});

it('what was counted is written when the process ends', () => {
  strike('database-down', 2);
  writeOpenWindows();
  vi.advanceTimersByTime(1_000);
  expect(lines).toHaveLength(1);
});
