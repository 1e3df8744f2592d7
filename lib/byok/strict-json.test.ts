import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DuplicateName, parseStrictJson } from './strict-json.ts';

it('reads whatever JSON.parse reads, where no name stands twice', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(undefined, 1), (value, indent) => {
      const text = JSON.stringify(value, undefined, indent);
      expect(parseStrictJson(text)).toEqual(JSON.parse(text));
    }),
    { numRuns: 500 },
  );
});

it.each([
  ['{"a":1,"a":1}', '"a"'],
  ['{"b":{"a":1,"a":2}}', '"a"'],
  ['[{"a":1},{"x":":","\\u0061":1,"a":2}]', '"a"'],
  ['{"__proto__":1,"__proto__":2}', '"__proto__"'],
  ['{"1":1,"0":2,"1":3}', '"1"'],
  ['{"\\u202e":1,"\\u202e":2}', '"\\u202e"'],
  ['{"a\\"b":1,"a\\"b":2}', '"a\\"b"'],
])('refuses %s, and says which', (text, name) => {
  expect(() => parseStrictJson(text)).toThrow(new DuplicateName(`The name ${name} stands twice in one object.`));
});

it('takes the same name in several objects', () => {
  expect(parseStrictJson('[{"a":{"a":1}},{"a":2}]')).toEqual([{ a: { a: 1 } }, { a: 2 }]);
});

it('leaves what is no JSON a SyntaxError', () => {
  expect(() => parseStrictJson('{"a":1,"a"')).toThrow(SyntaxError);
});
