import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { storedTags, tagsSchema } from './labels.ts';
import { tagsText } from './tags-text.ts';

const read = (given: string) => tagsSchema.safeParse(given);

describe('tags as text', () => {
  it('are one a line, the value being what follows the first “=”', () => {
    expect(read(' team = key management \n\nexpression=a=b\nconfidential').data).toEqual([
      { key: 'team', value: 'key management' },
      { key: 'expression', value: 'a=b' },
      { key: 'confidential', value: '' },
    ]);
  });

  it('come back as they were entered', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9 _.:/+@-]{1,40}$/).map((text) => text.trim());
    const tags = fc.uniqueArray(fc.record({ key: word.filter((key) => key !== ''), value: word }), {
      selector: ({ key }) => key,
      maxLength: 50,
    });
    fc.assert(
      fc.property(tags, (given) => {
        expect(read(tagsText(given)).data).toEqual(given);
      }),
    );
  });

  it.each([
    ['a value without a key', '=value', /no key/],
    ['a key that stands there twice', 'a=1\na=2', /twice/],
    ['a key that is too long', `${'k'.repeat(129)}=v`, /128/],
    ['a value that is too long', `k=${'v'.repeat(257)}`, /256/],
    ['one tag too many', Array.from({ length: 51 }, (_, n) => `k${n}=v`).join('\n'), /at most 50/],
  ])('%s is refused with its reason', (_, text, reason) => {
    expect(read(text).error?.issues[0]?.message).toMatch(reason);
  });

  it('as many and as long as the limits say are taken', () => {
    expect(read(Array.from({ length: 50 }, (_, n) => `k${n}=v`).join('\n')).data).toHaveLength(50);
    expect(read(`${'k'.repeat(128)}=${'v'.repeat(256)}`).success).toBe(true);
  });

  it('nothing stored, or something else, is none', () => {
    expect([storedTags(undefined), storedTags({ a: 1 }), storedTags([{ key: 'a', value: 'b' }])]).toEqual([
      [],
      [],
      [{ key: 'a', value: 'b' }],
    ]);
  });
});
