import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isOvergrown, maxContainers, maxDepth } from './json-shape.ts';

it('lets through a full batch whose texts are made of brackets, quotes and backslashes', () => {
  const nasty = fc.string({ unit: fc.constantFrom('{', '[', ']', '}', '"', '\\', 'a'), maxLength: 30 });
  const item = fc.record({ plaintext: nasty, context: fc.dictionary(nasty, nasty, { maxKeys: 4 }) });
  fc.assert(
    fc.property(fc.array(item, { minLength: 100, maxLength: 100 }), (items) => {
      expect(isOvergrown(JSON.stringify({ items }))).toBe(false);
    }),
    { numRuns: 50 },
  );
});

it('tells exactly how deep any JSON nests and how much it holds', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 12 }), (value) => {
      const { depth, containers } = shapeOf(value);
      expect(isOvergrown(JSON.stringify(value))).toBe(depth > maxDepth || containers > maxContainers);
    }),
    { numRuns: 2_000 },
  );
});

it.each([
  ['brackets that never end', '['.repeat(100_000)],
  ['lists side by side', `[${'[],'.repeat(1_000)}[]]`],
  ['objects side by side', `[${'{},'.repeat(1_000)}{}]`],
])('refuses %s', (_, text) => expect(isOvergrown(text)).toBe(true));

it.each([
  ['nothing', ''],
  ['a text that never ends', '"aaaa'],
  ['a backslash at the end', '"aaaa\\'],
  ['too many ends', ']]]]'],
])('leaves %s to the parser', (_, text) => expect(isOvergrown(text)).toBe(false));

function shapeOf(value: unknown): { depth: number; containers: number } {
  if (typeof value !== 'object' || value === null) return { depth: 0, containers: 0 };
  const inner = Object.values(value).map(shapeOf);
  return {
    depth: 1 + Math.max(0, ...inner.map(({ depth }) => depth)),
    containers: 1 + inner.reduce((sum, { containers }) => sum + containers, 0),
  };
}
