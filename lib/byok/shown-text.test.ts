import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aliasSchema, descriptionSchema } from './key-words.ts';
import { tagsSchema } from './labels.ts';
import { hiddenProblem, visible } from './visible-text.ts';

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n);
const refused = [...range(0, 0x1f), ...range(0x7f, 0x9f), ...range(0x202a, 0x202e), ...range(0x2066, 0x2069)];

describe('text that is stored for people to read', () => {
  it.each([
    ['alias', (text: string) => aliasSchema.safeParse(text)],
    ['description', (text: string) => descriptionSchema.safeParse(text)],
    ['tag', (text: string) => tagsSchema.safeParse([{ key: 'a', value: text }])],
    ['tag’s key', (text: string) => tagsSchema.safeParse([{ key: text, value: '' }])],
  ])('refuses each hidden character in an %s, with a sentence', (_, parse) => {
    for (const code of refused) {
      const parsed = parse(`in${String.fromCharCode(code)}voice`);
      expect(parsed.success, code.toString(16)).toBe(false);
      expect(parsed.error?.issues[0]?.message).toMatch(/^\S.*\.$/s);
    }
  });

  it('takes every other character, those of other scripts and joined signs too', () => {
    for (const text of ['Zürich – “key”', 'مفتاح', 'מפתח', '鍵', 'क्‍ष', '👩‍👩‍👧', 'a\u200eb\u200f'])
      expect(aliasSchema.safeParse(text).success).toBe(true);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const isHidden = [...text].some((char) => refused.includes(char.codePointAt(0) ?? -1));
        expect(hiddenProblem(text) !== undefined).toBe(isHidden);
      }),
    );
  });

  it('names the character', () => {
    expect(hiddenProblem('a\u202eb')).toBe('Remove the character U+202E, which cannot be seen.');
    expect(hiddenProblem('a\u0000')).toBe('Remove the character U+0000, which cannot be seen.');
    expect(hiddenProblem('a\nb')).toMatch(/one line/);
    expect(hiddenProblem('a\tb')).toMatch(/spaces/);
  });
});

it('what was stored before is shown with its hidden characters written out, and its lines kept', () => {
  expect(visible('in\u202evoice\u0000\u0085\u2066')).toBe('in\\u202Evoice\\u0000\\u0085\\u2066');
  expect(visible('one\n\ttwo')).toBe('one\n\ttwo');
  expect(visible('plain – ü')).toBe('plain – ü');
});
