import { expect, test } from 'vitest';
import { historyHref, readFilters } from './_filters.ts';

test('what the address says is read back from the address that is made of it', () => {
  const filters = { outcome: 'refused', operation: 'create-key', before: '2026-11-22T12:00:00.000Z/e1' } as const;
  const url = new URL(historyHref(filters), 'https://console.example');
  expect(readFilters(Object.fromEntries(url.searchParams))).toEqual(filters);
});

test('values that mean nothing are dropped', () => {
  expect(readFilters({ outcome: 'maybe', operation: '<script>', other: 'x' })).toEqual({});
  expect(historyHref({})).toBe('/history');
});

test('an event has an address of its own', () => {
  expect(historyHref({ before: 'c' }, '/history', 'e1')).toBe('/history?before=c#e1');
});
