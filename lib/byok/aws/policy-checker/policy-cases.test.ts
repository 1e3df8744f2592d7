import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkCase, parseCases } from './policy-cases.ts';
import { variants } from './testing/policy-variants.ts';

const { values, cases } = parseCases(readFileSync(new URL('testing/policy-cases.json', import.meta.url), 'utf8'));

describe('policies as people really paste them', () => {
  it.each(cases)('$name ($kind)', (one) => {
    expect(checkCase(one, values)).toEqual([]);
  });
});

describe('others of the same kinds', () => {
  it.each(variants)('$name ($kind)', (one) => {
    expect(checkCase(one, values)).toEqual([]);
  });
});
