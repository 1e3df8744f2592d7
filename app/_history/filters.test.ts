import { expect, test } from 'vitest';
import { eventHref, historyHref, readFilters } from './filters.ts';

const id = '7b0c3a7e-6f0d-4a51-9a53-0f4f4a1f2c11';

test('what the address says is read back from the address that is made of it', () => {
  const filters = { outcome: 'refused', operation: 'create-key', before: id } as const;
  const url = new URL(historyHref(filters), 'https://console.example');
  expect(readFilters(Object.fromEntries(url.searchParams))).toEqual(filters);
});

test('values that mean nothing are dropped', () => {
  expect(readFilters({ outcome: 'maybe', operation: '<script>', before: 'x', from: '1 or 1', other: 'x' })).toEqual({});
  expect(historyHref({})).toBe('/history');
});

test('an event has an address that begins with it', () => {
  expect(eventHref(id)).toBe(`/history?from=${id}#${id}`);
});
