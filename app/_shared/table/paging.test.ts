import { expect, test } from 'vitest';
import { pageOf } from './paging.ts';

const rows = Array.from({ length: 120 }, (_, index) => index);

test('a page holds fifty rows, the last one the rest', () => {
  expect(pageOf(rows, 1)).toMatchObject({ pages: 3, first: 1, last: 50, total: 120 });
  expect(pageOf(rows, 3).rows).toHaveLength(20);
});

test('a page past either end is the nearest one', () => {
  expect(pageOf(rows, 99).page).toBe(3);
  expect(pageOf(rows, -1).page).toBe(1);
});

test('without rows there is one empty page', () => {
  expect(pageOf([], 1)).toMatchObject({ rows: [], page: 1, pages: 1, first: 0, last: 0 });
});
