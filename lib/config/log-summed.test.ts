import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { makeLog } from './log.ts';
import { logSummed } from './log-summed.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('writes the first line of a kind at once, and one line with a count for each second after it', () => {
  const lines: Record<string, unknown>[] = [];
  const log = makeLog('info', { write: (line: string) => void lines.push(JSON.parse(line)) });
  const say = (kind: string, n: number) => logSummed('warn', { kind, message: `it is ${kind}`, n }, log);
  for (let n = 1; n <= 1_000; n++) say('a', n);
  say('b', 1);
  expect(lines).toMatchObject([
    { msg: 'it is a', n: 1 },
    { msg: 'it is b', n: 1 },
  ]);
  vi.advanceTimersByTime(1_000);
  expect(lines.slice(2)).toMatchObject([{ msg: 'it is a', n: 1_000, count: 999 }]);
  say('a', 5);
  expect(lines).toHaveLength(3);
  vi.advanceTimersByTime(2_000);
  expect(lines.slice(3)).toMatchObject([{ n: 5, count: 1 }]);
  say('a', 6);
  expect(lines.at(-1)).toMatchObject({ n: 6 });
  expect(lines.at(-1)).not.toHaveProperty('count');
});
