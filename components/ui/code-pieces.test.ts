import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codePieces, valuePieces } from './code-pieces.ts';

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

describe('valuePieces', () => {
  it('finds each value, the longest first, and loses nothing', () => {
    const role = 'arn:aws:iam::111122223333:role/BYOK_Role';
    const line = `"AWS": "${role}", "x": "${role}-2.*"`;
    const pieces = valuePieces(line, [role, `${role}-2.*`, '']);
    expect(pieces.map(({ text }) => text).join('')).toBe(line);
    expect(pieces.filter(({ own }) => own).map(({ text }) => text)).toEqual([role, `${role}-2.*`]);
  });

  it('leaves a text alone where there is no value', () => {
    expect(valuePieces('"Effect"', [])).toEqual([{ text: '"Effect"', own: false }]);
  });
});
