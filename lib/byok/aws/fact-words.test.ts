import { expect, it } from 'vitest';
import { daysUntil } from '../expiry.ts';
import type { KeyFacts } from '../key-facts.ts';
import { factWords, labelWords, multiRegionWords } from './fact-words.ts';
import { type AwsKeyFacts, noAwsFacts } from './key-facts.ts';

const own: AwsKeyFacts = { origin: 'AWS_KMS', multiRegion: 'single', customKeyStoreId: null };
const facts: KeyFacts = {
  described: true,
  validTo: null,
  rotatesByItself: true,
  description: '',
  aliases: [],
  tags: [{ key: 'owner', value: 'security' }],
  generates: true,
  seenAt: '2026-11-22T12:00:00Z',
  own,
};
const now = new Date('2026-11-22T12:00:00Z');
const words = (more: Partial<KeyFacts>) =>
  Object.fromEntries(
    [
      ...factWords({ ...facts, ...more }, daysUntil(more.validTo ?? null, now)),
      ...labelWords({ ...facts, ...more }),
    ].map(({ label, value }) => [label, value]),
  );

it('tells what is known, and calls nothing that we may not see empty', () => {
  expect(words({})).toEqual({
    Origin: 'AWS KMS',
    Expires: 'Never',
    Regionality: 'Single-Region key',
    'Automatic rotation by AWS': 'On',
    'Aliases in AWS': 'None',
    'Description in AWS': 'None',
    'Tags in AWS': 'owner=security',
  });
  const unseen = words({
    described: false,
    own: noAwsFacts,
    rotatesByItself: null,
    description: null,
    aliases: null,
    tags: null,
  });
  expect(new Set(Object.values(unseen))).toEqual(new Set(['No permission']));
});

it.each([
  ['2026-11-22T13:00:00Z', /less than a day left/],
  ['2026-11-23T12:00:00Z', /, 1 day left/],
  ['2026-12-22T11:59:00Z', /, 29 days left/],
  ['2026-11-01T00:00:00Z', /less than a day left/],
])('imported material that expires at %s has %s', (validTo, left) => {
  expect(words({ own: { ...own, origin: 'EXTERNAL' }, validTo }).Expires).toMatch(left);
});

it('a replica is said to be another ARN', () => {
  for (const region of ['primary', 'replica'] as const)
    expect(multiRegionWords(region)).toMatchObject({ meaning: expect.stringMatching(/a different ARN/) });
});
