import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { optionalReference, reference } from './references.ts';
import { slugOf } from './slug.ts';

describe('a reference', () => {
  it.each(['acme', 'cus_NffrFeUfNV2Hib', '0013x00002AbCdE', 'crm:4711', 'a.b-c', 'x'.repeat(100)])(
    '%s is kept as it is',
    (text) => {
      expect(reference.parse(` ${text} `)).toBe(text);
    },
  );

  it.each([
    ['', /Enter/],
    ['   ', /Enter/],
    ['-acme', /letters, digits/],
    ['two words', /letters, digits/],
    ['a/b', /letters, digits/],
    ['ac\u200Bme', /letters, digits/],
    ['acme\u202E', /letters, digits/],
    ['x'.repeat(101), /100/],
  ])('“%s” is refused', (text, message) => {
    expect(reference.safeParse(text).error?.issues[0]?.message).toMatch(message);
  });

  it('may be left out where it can be made of the name', () => {
    expect(optionalReference.parse('')).toBeUndefined();
    expect(optionalReference.parse(undefined)).toBeUndefined();
    expect(optionalReference.safeParse('a b').error?.issues[0]?.message).toMatch(/letters, digits/);
  });
});

describe('the slug of a name', () => {
  it.each([
    ['Acme', 'acme'],
    ['Müller & Söhne GmbH', 'muller-sohne-gmbh'],
    ['  Claims assistant (EU) ', 'claims-assistant-eu'],
    ['株式会社', ''],
  ])('of “%s” is “%s”', (name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });

  it('is empty or a reference, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (name) => {
        const slug = slugOf(name);
        return slug === '' || reference.safeParse(slug).success;
      }),
    );
  });
});
