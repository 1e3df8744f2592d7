import { expect, it } from 'vitest';
import { type KeyFacts, readKeyFacts } from './key-facts.ts';

const neutral = {
  validTo: null,
  rotatesByItself: true,
  description: '',
  aliases: ['alias/acme'],
  tags: null,
  generates: true,
  seenAt: '2026-11-22T12:00:00Z',
};
const own = { origin: 'EXTERNAL', multiRegion: 'single', customKeyStoreId: null };
const facts: KeyFacts = { ...neutral, described: true, own };

it('facts are read as they were stored', () => {
  expect(readKeyFacts(JSON.parse(JSON.stringify(facts)))).toEqual(facts);
});

it('facts of before a provider had its own apart are read as what they say', () => {
  expect(readKeyFacts({ ...neutral, ...own })).toEqual(facts);
});

it('of a key that could not be described, nothing is known but that', () => {
  const unseen = { origin: null, multiRegion: null, customKeyStoreId: null };
  expect(readKeyFacts({ ...neutral, ...unseen })).toEqual({ ...neutral, described: false, own: unseen });
});

it.each([null, 'x', {}, { ...neutral, own: 1 }, { ...neutral, ...own, surprising: 1 }])('%j is no facts', (stored) => {
  expect(readKeyFacts(stored)).toBeNull();
});
