import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonShape, maxContainers, maxDepth, maxMembers, maxPartBytes, maxTokens } from './json-shape.ts';

const nasty = fc.string({ unit: fc.constantFrom('{', '[', ']', '}', '"', '\\', ':', ',', 'a', 'ü'), maxLength: 40 });

function shapeOf(text: string, pieceBytes = Number.POSITIVE_INFINITY): JsonShape {
  const bytes = Buffer.from(text);
  const shape = new JsonShape();
  for (let at = 0; at < bytes.length && shape.fault === undefined; at += pieceBytes)
    shape.take(bytes.subarray(at, Math.min(bytes.length, at + pieceBytes)));
  return shape;
}

it('lets through a full batch whose texts are made of brackets, quotes and backslashes', () => {
  const item = fc.record({ plaintext: nasty, context: fc.dictionary(nasty, nasty, { maxKeys: 4 }) });
  fc.assert(
    fc.property(fc.array(item, { minLength: 100, maxLength: 100 }), (items) => {
      expect(shapeOf(JSON.stringify({ items })).fault).toBeUndefined();
    }),
    { numRuns: 50 },
  );
});

it('finds each item and its names, in whatever pieces the body comes', () => {
  const item = fc.record({ plaintext: nasty, context: fc.dictionary(nasty, nasty, { maxKeys: 4 }) });
  fc.assert(
    fc.property(fc.array(item, { maxLength: 8 }), fc.integer({ min: 1, max: 70 }), (items, pieceBytes) => {
      const text = JSON.stringify({ items }, undefined, 1);
      const { items: found, names, fault } = shapeOf(text, pieceBytes);
      expect(fault).toBeUndefined();
      const bytes = Buffer.from(text);
      expect(found.map(({ start, end }) => JSON.parse(bytes.subarray(start, end).toString()))).toEqual(items);
      expect(found.map((span) => span.names)).toEqual(items.map((value) => measure(value).names));
      expect(names).toBe(measure({ items }).names);
    }),
    { numRuns: 300 },
  );
});

it('tells exactly how deep any JSON nests and how much it holds', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 12 }), fc.integer({ min: 1, max: 50 }), (value, pieceBytes) => {
      const { depth, containers, members } = measure(value);
      const isOvergrown = depth > maxDepth || containers > maxContainers || members > maxMembers;
      expect(shapeOf(JSON.stringify(value), pieceBytes).fault !== undefined).toBe(isOvergrown);
    }),
    { numRuns: 1_000 },
  );
});

describe('refuses', () => {
  const names = (count: number) => Array.from({ length: count }, (_, n) => `"${n}":1`).join(',');

  it.each([
    ['brackets that never end', '['.repeat(100_000), /levels/],
    ['lists side by side', `[${'[],'.repeat(1_000)}[]]`, /lists and objects/],
    ['objects side by side', `[${'{},'.repeat(1_000)}{}]`, /lists and objects/],
    ['names without end in one object', `{${names(maxMembers + 1)}}`, /names/],
    ['empty texts without end', `{"items":[${'"",'.repeat(maxTokens + 1)}""]}`, /names and values/],
    ['a number without end', `{"items":[${'9'.repeat(2_000_000)}]}`, /numbers/],
    ['room without end', `{"items":[${' '.repeat(2_000_000)}]}`, /layout/],
    ['an item without end', `{"items":[{"plaintext":"${'A'.repeat(maxPartBytes)}"}]}`, /an? item|items/i],
    ['a text without end beside the items', `{"more":"${'A'.repeat(maxPartBytes + 1)}`, /not part of an item/],
  ])('%s', (_, text, words) => {
    expect(shapeOf(text).fault).toMatch(words);
    expect(shapeOf(text, 1_000).fault).toMatch(words);
  });

  it('nothing of a full batch with full contexts, written for people', () => {
    const context = Object.fromEntries(Array.from({ length: 32 }, (_, n) => [`name-${n}`, 'x'.repeat(200)]));
    const items = Array.from({ length: 100 }, () => ({ plaintext: 'A'.repeat(20_000), context }));
    expect(shapeOf(JSON.stringify({ items }, undefined, 8), 65_536).fault).toBeUndefined();
  });
});

it.each([
  ['nothing', ''],
  ['a text that never ends', '"aaaa'],
  ['a backslash at the end', '"aaaa\\'],
  ['too many ends', ']]]]'],
])('leaves %s to the parser', (_, text) => expect(shapeOf(text).fault).toBeUndefined());

type Measure = { depth: number; containers: number; members: number; names: number };

function measure(value: unknown): Measure {
  if (typeof value !== 'object' || value === null) return { depth: 0, containers: 0, members: 0, names: 0 };
  const inner = Object.values(value).map(measure);
  const own = Array.isArray(value) ? 0 : inner.length;
  return {
    depth: 1 + Math.max(0, ...inner.map(({ depth }) => depth)),
    containers: 1 + inner.reduce((sum, { containers }) => sum + containers, 0),
    members: Math.max(own, ...inner.map(({ members }) => members)),
    names: own + inner.reduce((sum, { names }) => sum + names, 0),
  };
}
