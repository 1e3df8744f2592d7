import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { putConsoleInLog } from './console-in-log.ts';
import { makeLog } from './log.ts';

const { warn, error } = console;
beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  Object.assign(console, { warn, error });
  vi.useRealTimers();
});

it('writes what strangers make Next.js say as one line a second, and the first at once', () => {
  const lines: Record<string, unknown>[] = [];
  putConsoleInLog(makeLog('info', { write: (line: string) => void lines.push(JSON.parse(line)) }));
  for (let n = 0; n < 1_000; n++) console.warn(new Error(`Failed to find Server Action "${n}${'a'.repeat(40)}".`));
  console.error('⨯ The router state header could not be read: %s', 'x'.repeat(10_000));
  console.error(new TypeError('fetch failed'), { digest: '1' });
  expect(lines).toMatchObject([
    { level: 40, msg: expect.stringContaining('Failed to find Server Action "0a'), err: { type: 'Error' } },
    { level: 50, msg: expect.stringMatching(/^⨯ The router state.{0,500}$/u) },
    { level: 50, msg: expect.stringContaining('fetch failed'), err: { type: 'TypeError' } },
  ]);
  vi.advanceTimersByTime(1_000);
  expect(lines.slice(3)).toMatchObject([{ level: 40, count: 999 }]);
});
