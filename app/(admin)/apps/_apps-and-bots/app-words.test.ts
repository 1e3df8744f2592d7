import { expect, it } from 'vitest';
import type { AppRow } from '#lib/byok/app-views.ts';
import { keyWords, matchingRows, protectedByWords, wrappedByWords } from './app-words.ts';

const app = (parts: Partial<AppRow> = {}): AppRow => ({
  id: 'a',
  name: 'Claims',
  kind: 'app',
  protectedBy: { kind: 'version', keyId: 'k', alias: 'production', number: 2, revoked: false },
  wrappedBy: [{ label: 'Version 2 of production', dataKeys: 3 }],
  dataKeys: 3,
  records: 10,
  dataKeySince: null,
  ...parts,
});
const platform = { protectedBy: { kind: 'platform' }, wrappedBy: [{ label: 'Platform key', dataKeys: 1 }] } as const;

it('the badge warns while data keys are wrapped by something else', () => {
  expect(protectedByWords(app())).toEqual({ tone: 'ok', label: 'production, version 2' });
  expect(protectedByWords(app({ ...platform, wrappedBy: [...platform.wrappedBy] }))).toEqual({
    tone: 'idle',
    label: 'Platform key',
  });
  expect(protectedByWords(app({ wrappedBy: [...platform.wrappedBy] })).tone).toBe('warn');
});

it('what wraps the data keys is counted', () => {
  expect(wrappedByWords(app({ wrappedBy: [...app().wrappedBy, ...platform.wrappedBy] }))).toBe(
    '3 data keys by Version 2 of production, 1 data key by Platform key',
  );
  expect(wrappedByWords(app({ wrappedBy: [] }))).toBe('None yet');
});

it.each([
  ['claims', 1],
  ['bot', 0],
  ['production', 1],
  ['platform', 0],
  ['', 1],
])('a search for %j finds %i', (search, found) => {
  expect(matchingRows([app()], search)).toHaveLength(found);
  expect(keyWords(app())).toBe('production, version 2');
});
