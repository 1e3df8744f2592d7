import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesArnGlob, matchesGlob } from './glob.ts';

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
describe('wildcards', () => {
  const smallAlphabet = fc
    .array(fc.constantFrom('a', 'b', '*', '?', '.', ':', '\n'), { maxLength: 12 })
    .map((c) => c.join(''));

  it('match as a regular expression of the same meaning does', () => {
    fc.assert(
      fc.property(smallAlphabet, smallAlphabet, (pattern, value) => {
        const source = pattern.replace(/[.]/g, '\\.').replaceAll('*', '[^]*').replaceAll('?', '[^]');
        expect(matchesGlob(pattern, value)).toBe(new RegExp(`^${source}$`).test(value));
      }),
      { numRuns: 5000 },
    );
  });

  it('any text matches itself, and a star in the place of any part of it', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.nat(), (text, a, b) => {
        const [from, to] = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y);
        expect(matchesGlob(`${text.slice(0, from)}*${text.slice(to)}`, text)).toBe(true);
      }),
    );
  });

  it('end in a reasonable time on a pattern made to take long', () => {
    expect(matchesGlob(`${'*a'.repeat(200)}b`, 'a'.repeat(5000))).toBe(false);
  });
});

describe('wildcards in ARNs', () => {
  const key = 'arn:aws:kms:us-east-1:111122223333:key/1234';
  it.each([
    ['*', true],
    [key, true],
    ['arn:aws:kms:us-east-1:111122223333:key/*', true],
    ['arn:aws:kms:*:111122223333:key/*', true],
    ['arn:aws:kms:us-*-1:111122223333:*', true],
    ['arn:*:key/1234', false],
    ['arn:aws:kms:*:key/1234', false],
    ['arn:aws:kms:us-east-1:111122223333:alias/*', false],
    ['arn:aws:kms:us-east-1:444455556666:key/*', false],
  ])('%s against a key: %s', (pattern, expected) => {
    expect(matchesArnGlob(pattern, key)).toBe(expected);
  });
});
