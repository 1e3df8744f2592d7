import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codePieces } from './code-pieces.ts';

describe('pieces of code', () => {
  it('tell names from values in JSON', () => {
    expect(codePieces('  "Action": "sts:AssumeRole",', 'json').filter(({ text }) => text.trim() !== '')).toEqual([
      { kind: 'name', text: '"Action"' },
      { kind: 'faint', text: ':' },
      { kind: 'text', text: '"sts:AssumeRole"' },
      { kind: 'faint', text: ',' },
    ]);
  });

  it('tell options from values in a command', () => {
    expect(codePieces('aws kms create-key --region us-east-1', 'shell')).toContainEqual({
      kind: 'name',
      text: '--region',
    });
  });

  it('are the line again when joined, whatever it holds', () => {
    const signs = fc.constantFrom('"', '\\', ':', '{', '}', ',', '#', '-', '--a', ' ', 'x', '<', '\u{1f511}');
    fc.assert(
      fc.property(fc.array(signs), fc.constantFrom('json', 'shell', 'text'), (parts, language) => {
        const line = parts.join('');
        const joined = codePieces(line, language).map(({ text }) => text);
        expect(joined.join('')).toBe(line);
      }),
    );
  });
});
