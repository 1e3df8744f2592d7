import { describe, expect, it } from 'vitest';
import { absoluteWords, relativeWords } from './relative-words.ts';

const now = Date.UTC(2026, 10, 22, 12, 0, 0);
const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe('relative times', () => {
  it.each([
    [0, 'just now'],
    [-4 * second, 'just now'],
    [4 * second, 'in a moment'],
    [-40 * second, '40 s ago'],
    [40 * second, 'in 40 s'],
    [-89 * second, '89 s ago'],
    [-90 * second, '1 min ago'],
    [-119 * minute, '119 min ago'],
    [-3 * hour, '3 h ago'],
    [47 * hour, 'in 47 h'],
    [3 * day, 'in 3 days'],
    [-400 * day, '400 days ago'],
  ])('%i ms from now reads "%s"', (distanceMs, words) => {
    expect(relativeWords(now + distanceMs, now)).toBe(words);
  });

  it('never says that more time has passed, or is left, than has', () => {
    expect(relativeWords(now - (2 * day - 1), now)).toBe('47 h ago');
    expect(relativeWords(now + (4 * day - 1), now)).toBe('in 3 days');
  });
});

describe('absolute times', () => {
  it('name their zone', () => {
    expect(absoluteWords(now, 'UTC')).toBe('22 Nov 2026, 12:00:00 UTC');
    expect(absoluteWords(now, 'America/New_York')).toMatch(/^22 Nov 2026, 07:00:00 (GMT-5|EST)$/);
  });
});
