import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson } from './read-json.ts';

describe('readJson', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 1, 2, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(readJson(text)).toEqual({ ok: true, value: JSON.parse(text) });
      }),
    );
  });

  it('refuses what JSON.parse refuses, and throws at nothing', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '"a"',
      '1',
      '-',
      'tru',
      'true',
      '\n',
      ' ',
      '\\',
      '“',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (list) => {
        const text = list.join('');
        // The one thing that is stricter here: a name that is given twice.
        const twice = /"a"[\s\S]*"a"/.test(text);
        if (!twice) expect(readJson(text).ok).toBe(isJson(text));
      }),
    );
  });

  const broken: [text: string, line: number, column: number, words: RegExp][] = [
    ['{\n  "a": 1,\n}', 3, 1, /comma before the closing brace/],
    ['{\n  "a": [1, ]\n}', 2, 12, /comma before the closing bracket/],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3, /comma or a closing brace is missing/],
    ['{\n  “Sid”: 1\n}', 2, 3, /word processor/],
    ["{ 'a': 1 }", 1, 3, /double quotation marks/],
    ['{ "a" 1 }', 1, 7, /colon is missing/],
    ['{ "a": 1 } x', 1, 12, /after the end/],
    ['{ "a": [1', 1, 10, /ends too early/],
    ['// policy\n{}', 1, 1, /no comments/],
    ['{ "a": 1,\n  "a": 2 }', 2, 3, /given twice/],
    ['{ "a": "x\n" }', 1, 8, /does not end on its line/],
    ['{ "a": tru }', 1, 8, /is not allowed here/],
    ['', 1, 1, /ends too early/],
    ['['.repeat(200), 1, 102, /deeper/],
  ];
  it.each(broken)('says where and why: %j', (text, line, column, words) => {
    const read = readJson(text);
    if (read.ok) throw new Error('it was read');
    expect(read.problem).toMatchObject({ line, message: expect.stringMatching(words) });
    if (!words.test('deeper')) expect(read.problem.column).toBe(column);
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
