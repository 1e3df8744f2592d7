import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safePath } from './safe-path.ts';

describe('where sign-in goes on to', () => {
  it.each(['/', '/enterprise-key', '/enterprise-key/k1/setup/test', '/history?outcome=done#e1'])('keeps %s', (path) => {
    expect(safePath(path)).toBe(path);
  });

  it.each([
    undefined,
    ['/a', '/b'],
    '',
    'enterprise-key',
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '/\t/evil.example/',
    '/.//evil.example',
    '/a/..//evil.example',
    'javascript:alert(1)',
    '/sign-in?next=/',
    '/api/auth/signout',
  ])('refuses %j', (path) => {
    expect(safePath(path)).toBeNull();
  });

  it('never leads to another origin', () => {
    const piece = fc.constantFrom('/', '\\', '.', '..', '%2f', '\t', '\n', '@', ':', '?', '#', 'evil.example', 'a');
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const path = safePath(pieces.join(''));
        if (path !== null) expect(new URL(path, 'http://own.example').origin).toBe('http://own.example');
      }),
      { numRuns: 2_000 },
    );
  });
});
