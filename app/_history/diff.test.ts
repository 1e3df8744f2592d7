import { expect, test } from 'vitest';
import { changesOf } from './diff.ts';

test('only fields that changed are named', () => {
  expect(changesOf({ alias: 'a', region: 'us-east-1' }, { alias: 'b', region: 'us-east-1' })).toEqual([
    { field: 'alias', before: 'a', after: 'b' },
  ]);
});

test('something new has no before, something removed no after', () => {
  expect(changesOf(null, { state: 'draft' })).toEqual([{ field: 'state', before: null, after: 'draft' }]);
  expect(changesOf({ state: '' }, { state: 'draft' })).toEqual([{ field: 'state', before: null, after: 'draft' }]);
  expect(changesOf({ state: 'draft' }, null)).toEqual([{ field: 'state', before: 'draft', after: null }]);
});

test('nested objects are compared field by field, lists as a whole', () => {
  expect(changesOf({ key: { ids: ['a'] } }, { key: { ids: ['a', 'b'] } })).toEqual([
    { field: 'key.ids', before: 'a', after: 'a, b' },
  ]);
});

test('a bare value is shown as such, and a very long one is cut', () => {
  expect(changesOf('draft', 'scheduled')).toEqual([{ field: 'value', before: 'draft', after: 'scheduled' }]);
  expect(changesOf(null, { text: 'x'.repeat(500) })[0]?.after).toHaveLength(161);
});
